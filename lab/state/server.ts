import type { ScreenContent } from "../console/screen.ts";
import type { BmcState } from "./bmc.ts";
import type { RaidController } from "./raid.ts";

/** How far the firmware is, in the words of the controller. */
export type PostState = "PowerOff" | "InPost" | "InPostDiscoveryComplete" | "FinishedPost";

/** One-time and lasting boot override. */
export interface BootOverride {
  target: string;
  enabled: "Disabled" | "Once" | "Continuous";
  mode: "UEFI" | "Legacy";
}

/** A virtual drive of the controller. */
export interface VirtualMedium {
  readonly id: string;
  readonly types: readonly string[];
  image: string;
  inserted: boolean;
  /** Boot this image at the next reset. */
  bootNext: boolean;
}

/** What runs on a machine and owns its screen and keyboard. */
export interface Program {
  screen(): ScreenContent;
  /** A key in QEMU's names: `ret`, `tab`, `alt-n`, `shift-a`. */
  key(name: string): void;
}

/** A physical server of the lab: what exists before an operating system does. */
export interface PhysicalServer {
  /** Name of the node that lives, or will live, on it. */
  readonly node: string;
  readonly serial: string;
  readonly model: string;
  readonly bmc: BmcState;
  readonly raid: RaidController;
  readonly media: readonly VirtualMedium[];
  power: "On" | "Off";
  post: PostState;
  readonly boot: BootOverride;
  program: Program | undefined;
  /** Counts resets: what was scheduled before one is void after it. */
  era: number;
}
