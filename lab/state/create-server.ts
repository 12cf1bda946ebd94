import { createHash } from "node:crypto";
import { type BmcSpec, createBmc } from "./bmc.ts";
import type { NodeState } from "./node.ts";
import type { Drive, RaidController, RaidVolume } from "./raid.ts";
import type { PhysicalServer } from "./server.ts";

/** What a scenario says about a physical server; its disks are the node's. */
export interface ServerSpec extends BmcSpec {
  /** State of the volumes over all drives; undefined for drives that belong to none. */
  readonly volume: "online" | "offline" | undefined;
  /** Among how many volumes the drives are divided. */
  readonly volumes: number;
}

/** Makes the machine under a node, switched off. */
export async function createServer(node: NodeState, spec: ServerSpec): Promise<PhysicalServer> {
  const digest = createHash("sha256").update(node.name).digest("hex").toUpperCase();
  return {
    node: node.name,
    serial: `CZJ${digest.slice(0, 7)}`,
    model: spec.dialect === "ilo6" ? "LAB DL380 Gen11" : "LAB DL380 Gen10",
    bmc: await createBmc(spec),
    raid: createController(node, spec),
    media: [
      { id: "1", types: ["Floppy", "USBStick"], image: "", inserted: false, bootNext: false },
      { id: "2", types: ["CD", "DVD"], image: "", inserted: false, bootNext: false },
    ],
    power: "Off",
    post: "PowerOff",
    boot: { target: "None", enabled: "Disabled", mode: "UEFI" },
    program: undefined,
    era: 0,
  };
}

function createController(node: NodeState, { dialect, volume, volumes }: ServerSpec): RaidController {
  const drives = node.hardware.disks.map((disk, index): Drive => ({ location: `1I:1:${index + 1}`, disk }));
  const made = volume === undefined ? [] : groupsOf(drives, volumes).map((each, at) => raidOver(each, at + 1, volume));
  return {
    id: dialect === "ilo6" ? "DE00A000" : "0",
    model: dialect === "ilo6" ? "LAB MR416i-o Gen11" : "LAB P408i-a SR Gen10",
    firmware: dialect === "ilo6" ? "52.24.3-4948" : "5.61",
    drives,
    volumes: new Map(made.map((each) => [each.id, each])),
    dataGuard: "Strict",
    pendingDeletion: undefined,
    applied: [],
  };
}

/** Neighbours together, the last group with what is left. */
function groupsOf(drives: readonly Drive[], count: number): readonly (readonly Drive[])[] {
  const length = Math.max(1, Math.floor(drives.length / count));
  return Array.from({ length: Math.min(count, drives.length) }, (_, index) =>
    drives.slice(index * length, index === count - 1 ? undefined : (index + 1) * length),
  );
}

/** One drive alone is no redundancy, two are a mirror, more lose one to parity. */
function raidOver(drives: readonly Drive[], number: number, state: RaidVolume["state"]): RaidVolume {
  const [smallest = 0] = drives.map(({ disk }) => disk.size).toSorted((a, b) => a - b);
  const raid = drives.length === 1 ? "RAID0" : drives.length === 2 ? "RAID1" : "RAID5";
  return {
    ...{ id: String(number), name: `Logical Drive ${number}`, raid, state },
    size: smallest * Math.max(1, drives.length - 1),
    drives: drives.map(({ location }) => location),
  };
}
