import { type Disk, disksOf } from "./guest-disks.ts";
import type { Program } from "./server.ts";

/** An address inside a guest, on one of its network cards. */
export interface GuestAddress {
  readonly address: string;
  readonly prefix: number;
  readonly gateway?: string | undefined;
}

/** What is installed on a guest's disk, as far as the world outside notices. */
export interface GuestSystem {
  readonly hostname: string;
  /** By network key ("net0"). A system with cloud-init takes `ipconfigN` of the configuration instead, where it is given. */
  readonly addresses: Map<string, GuestAddress>;
  /** Reads the cloud-init drive at boot. */
  readonly cloudInit: boolean;
  /** The QEMU guest agent answers, or is not there. */
  agent: boolean;
}

/** A virtual machine or container, on the node that holds it. Name, memory and disks are what its configuration says. */
export interface Guest {
  readonly vmid: number;
  readonly type: "qemu" | "lxc";
  status: "running" | "stopped";
  /** True while QEMU runs but holds the processors still. */
  paused: boolean;
  /** Lab milliseconds of its start. */
  startedAt: number | undefined;
  pid: number | undefined;
  /** The keys of the configuration file as the running machine has them. */
  readonly config: Map<string, string>;
  /** Changes that wait for the next start; null deletes. */
  readonly pending: Map<string, string | null>;
  /** What holds the configuration: "migrate", "create" … */
  lock: string | undefined;
  /** Undefined while no disk holds a system that answers. */
  system: GuestSystem | undefined;
  /** Lab milliseconds until which it does not answer: the pause of a migration, its boot. */
  silentUntil: number;
  /** Lab milliseconds at which its node lost power under it; the others show it as running for minutes. */
  lostAt: number | undefined;
  /** Name of the lab's node that lives in this machine: its power is the machine's. */
  hostedNode?: string | undefined;
  /** What runs on it and owns its screen; undefined while it is off, and for one that ran before the lab began. */
  program?: Program | undefined;
}

/** A new guest without configuration. */
export function newGuest(vmid: number, type: Guest["type"] = "qemu"): Guest {
  return {
    ...{ vmid, type, status: "stopped", paused: false, startedAt: undefined, pid: undefined },
    ...{ config: new Map(), pending: new Map(), lock: undefined, system: undefined, silentUntil: 0, lostAt: undefined },
  };
}

/** Its name, "VM 100" without one. */
export function guestName({ vmid, type, config }: Guest): string {
  return config.get("name") ?? `${type === "qemu" ? "VM" : "CT"} ${vmid}`;
}

/** Bytes of memory it may use. */
export function guestMemory({ config }: Guest): number {
  return Number(/\d+/.exec(config.get("memory") ?? "512")?.[0] ?? 512) * 2 ** 20;
}

/** Bytes of memory that hold something while it runs: little as long as nothing has booted. */
export function guestMemoryUsed(guest: Guest): number {
  if (guest.status === "stopped") return 0;
  return Math.round(guestMemory(guest) * (guest.system ? 0.42 : 0.045));
}

/** Bytes of memory that were ever written, the cache of what was read from the disk included: what a migration has to send. */
export function guestMemoryTouched(guest: Guest): number {
  return Math.max(guestMemoryUsed(guest), Math.round(guestMemory(guest) * (guest.system ? 0.62 : 0)));
}

export function guestCores({ config }: Guest): number {
  return Number(config.get("sockets") ?? 1) * Number(config.get("cores") ?? 1);
}

/** The disk it boots from: the first of the boot order that is no CD, else the first disk. */
export function bootDisk(guest: Guest): Disk | undefined {
  const disks = disksOf(guest.config).filter((disk) => !disk.cdrom);
  const order = /order=([^,]*)/.exec(guest.config.get("boot") ?? "")?.[1]?.split(";") ?? [];
  return order.flatMap((key) => disks.find((disk) => disk.key === key) ?? [])[0] ?? disks[0];
}

/** Bytes of its boot disk, 0 without one. */
export function bootDiskSize(guest: Guest): number {
  return bootDisk(guest)?.size ?? 0;
}

export function isTemplate({ config }: Guest): boolean {
  return config.get("template") === "1";
}
