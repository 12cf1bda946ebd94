import type { Guest } from "../state/guest.ts";
import { guestCores, guestMemory } from "../state/guest.ts";
import { type Disk as Drive, disksOf } from "../state/guest-disks.ts";
import { cardsOf } from "../state/guest-network.ts";
import type { Disk, Hardware } from "../state/hardware.ts";
import { freshFileSystem } from "../state/lvm/file-system.ts";
import { installedGroup, installLayout } from "../state/lvm/install-layout.ts";
import type { NodeState } from "../state/node.ts";
import { hashPassword } from "../state/password-hash.ts";
import { findVolume } from "../state/volumes.ts";
import type { World } from "../state/world.ts";

/** What an installation puts on a machine, whoever answered its questions. */
export interface Installation {
  readonly fqdn: string;
  readonly address: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly dns: string;
  readonly password: string;
  readonly sshKeys: readonly string[];
  /** Path of the disk: "/dev/sda". */
  readonly disk: string;
}

/** Bytes that a fresh system writes to its disk. */
const WRITTEN = 3.1 * 2 ** 30;

/** The disks of a machine as the kernel in it sees them. */
export function disksInside(guest: Guest): readonly Disk[] {
  return drivesOf(guest).map((drive, index) => ({
    path: `/dev/sd${String.fromCharCode(97 + index)}`,
    size: drive.size,
    model: "QEMU HARDDISK",
    serial: `drive-${drive.key}`,
    vendor: "QEMU",
    type: "hdd",
    used: undefined,
  }));
}

/** Puts the system on a virtual machine's disk: from its next boot on, the node of that name lives there. */
export function installNode(world: World, host: NodeState, guest: Guest, given: Installation): void {
  const [name = "", ...domain] = given.fqdn.split(".");
  const node = world.nodes.get(name);
  if (node === undefined || node.installed) {
    throw new Error(`LAB: no node named ${name} is to be installed here; this lab expects ${expected(world)}.`);
  }
  const disks = disksInside(guest);
  const at = disks.findIndex(({ path }) => path === given.disk);
  const target = disks[at];
  const volume = findVolume(host, drivesOf(guest)[at]?.volid ?? "");
  if (!target || !volume) throw new Error(`target '${given.disk}' is not a valid block device`);
  if (target.size < 2 * 2 ** 30) throw new Error(`not enough space available on harddisk ${given.disk}`);
  volume.used = Math.max(volume.used, WRITTEN);
  target.used = "BIOS boot";
  node.hardware = hardwareOf(guest, node.hardware, disks, target.size);
  node.lvm = {
    groups: [installedGroup(`${given.disk}3`, installLayout(target.size, guestMemory(guest)))],
    loose: new Set(),
  };
  node.installed = true;
  node.rootPassword = given.password;
  node.dns = { search: domain.join("."), dns1: given.dns };
  if (given.sshKeys.length > 0) node.files.set("/root/.ssh/authorized_keys", `${given.sshKeys.join("\n")}\n`);
  setNetwork(node, guest, given);
  guest.hostedNode = name;
}

/** The password behind a hash: the lab can only know it when one of its own nodes has it. */
export function passwordBehind(world: World, hash: string): string | undefined {
  return [...world.nodes.values()]
    .map(({ rootPassword }) => rootPassword)
    .find((known) => hashPassword(known) === hash);
}

function expected(world: World): string {
  const names = [...world.nodes.values()].filter(({ installed }) => !installed).map(({ name }) => name);
  return names.length === 0 ? "none" : names.join(", ");
}

function drivesOf(guest: Guest): readonly Drive[] {
  return disksOf(guest.config).filter(({ key, cdrom }) => !cdrom && /^(?:scsi|sata|ide)\d+$/.test(key));
}

function hardwareOf(guest: Guest, former: Hardware, disks: readonly Disk[], systemDisk: number): Hardware {
  const memory = guestMemory(guest);
  const layout = installLayout(systemDisk, memory);
  const cores = guestCores(guest);
  return {
    cpu: { ...former.cpu, sockets: 1, cores, threads: cores },
    ...{ memory, swap: layout.swap, rootfs: freshFileSystem(layout.root), rootDevice: layout.root },
    disks: [...disks],
    firmware: guest.config.get("bios") === "ovmf" ? undefined : "legacy",
  };
}

function setNetwork(node: NodeState, guest: Guest, { address, prefix, gateway }: Installation): void {
  const mac = cardsOf(guest)[0]?.mac.toLowerCase();
  node.interfaces.forEach((nic, index) => {
    const changed = nic.type === "bridge" ? { address, prefix, gateway } : {};
    node.interfaces[index] = { ...nic, ...changed, mac: mac ?? nic.mac };
  });
}
