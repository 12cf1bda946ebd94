import type { Dialect } from "../../state/dialect.ts";
import type { Disk } from "../../state/hardware.ts";
import type { InstallerAnswers } from "./answers.ts";

/** The machine that the installer runs on: what it finds there, and what it does to it. */
export interface InstallerMachine {
  readonly dialect: Dialect;
  /** Disks as the installer's kernel sees them. */
  disks(): readonly Disk[];
  readonly nic: { readonly name: string; readonly mac: string; readonly driver: string };
  /** Does something after so many lab milliseconds, unless the machine was reset meanwhile. */
  after(labMs: number, action: () => void): void;
  /** The system is on the disk; throws an Error with what went wrong. */
  install(answers: InstallerAnswers, disk: Disk): void;
  reboot(): void;
}
