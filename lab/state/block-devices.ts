import { createHash } from "node:crypto";
import { groupOf } from "./ceph/osd-log.ts";
import type { Disk } from "./hardware.ts";
import type { NodeState } from "./node.ts";

/** A block device as the kernel and udev know it, with what stands on it. */
export interface BlockDevice {
  /** "sda3", "pve-root" */
  readonly name: string;
  readonly path: string;
  readonly majorMinor: string;
  readonly size: number;
  readonly type: "disk" | "part" | "lvm";
  readonly fstype: string | undefined;
  readonly uuid: string | undefined;
  readonly mountpoint: string | undefined;
  /** Of the physical disk; undefined for what stands on it. */
  readonly disk: Disk | undefined;
  readonly children: readonly BlockDevice[];
}

/** What `wipefs` finds on a device: offset in bytes, kind, and whether it is a partition table. */
export interface Signature {
  readonly offset: number;
  readonly type: string;
  readonly uuid: string;
  readonly table: boolean;
}

const MIB = 2 ** 20;

/** The disks of a node with their partitions and volumes. */
export function blockDevices(node: NodeState): readonly BlockDevice[] {
  return node.hardware.disks.map((disk, index) => {
    const name = disk.path.replace("/dev/", "");
    const base = { name, path: disk.path, majorMinor: `8:${index * 16}`, size: disk.size, type: "disk" as const, disk };
    const none = { uuid: undefined, mountpoint: undefined };
    switch (disk.used) {
      case undefined:
        return { ...base, ...none, fstype: undefined, children: [] };
      case "LVM":
        return {
          ...base,
          fstype: "LVM2_member",
          uuid: pvUuid(disk.serial),
          mountpoint: undefined,
          children: osdVolumes(node, disk),
        };
      case "BIOS boot":
        return { ...base, ...none, fstype: undefined, children: systemParts(node, disk, index) };
      default:
        return { ...base, ...none, fstype: undefined, children: [dataPart(disk, index)] };
    }
  });
}

/** The signatures on a disk or on one of its partitions; empty for a clean one. */
export function signaturesOf(device: BlockDevice): readonly Signature[] {
  if (device.fstype === "LVM2_member") {
    return [{ offset: 0x218, type: "LVM2_member", uuid: device.uuid ?? "", table: false }];
  }
  if (device.fstype !== undefined) {
    return [{ offset: 0x438, type: device.fstype, uuid: device.uuid ?? "", table: false }];
  }
  if (device.type !== "disk" || device.children.length === 0) return [];
  const table = { uuid: "", table: true };
  return [
    { ...table, offset: 0x200, type: "gpt" },
    { ...table, offset: device.size - 512, type: "gpt" },
    { ...table, offset: 0x1fe, type: "PMBR" },
  ];
}

/** Every device of a tree, the disk before what stands on it. */
export function flattened(devices: readonly BlockDevice[]): readonly BlockDevice[] {
  return devices.flatMap((device) => [device, ...flattened(device.children)]);
}

function osdVolumes(node: NodeState, disk: Disk): readonly BlockDevice[] {
  return node.database.ceph.osds
    .filter((osd) => osd.node === node.name && osd.device === disk.path)
    .map((osd) => {
      const group = groupOf(osd);
      const escaped = (text: string) => text.replaceAll("-", "--");
      return volume({
        name: `${escaped(group)}-osd--block--${escaped(osd.fsid)}`,
        path: `/dev/${group}/osd-block-${osd.fsid}`,
        number: 5 + osd.id,
        size: osd.size,
        fstype: "ceph_bluestore",
      });
    });
}

function systemParts(node: NodeState, disk: Disk, index: number): readonly BlockDevice[] {
  const { swap, rootfs } = node.hardware;
  const lvm = disk.size - 2 ** 30 - 1_031_168;
  const volumes = [
    volume({ name: "pve-swap", path: "/dev/pve/swap", number: 0, size: swap, fstype: "swap", mountpoint: "[SWAP]" }),
    volume({ name: "pve-root", path: "/dev/pve/root", number: 1, size: rootfs, fstype: "ext4", mountpoint: "/" }),
    volume({ name: "pve-data", path: "/dev/pve/data", number: 4, size: lvm - swap - rootfs }),
  ];
  return [
    part(disk, index, 1, 1007 * 1024, undefined),
    part(disk, index, 2, 2 ** 30, "vfat", "/boot/efi"),
    { ...part(disk, index, 3, lvm, "LVM2_member"), children: volumes },
  ];
}

function dataPart(disk: Disk, index: number): BlockDevice {
  return part(disk, index, 1, disk.size - 2 * MIB, "ext4");
}

function part(
  disk: Disk,
  index: number,
  number: number,
  size: number,
  fstype: string | undefined,
  mountpoint?: string,
) {
  const path = `${disk.path}${/\d$/.test(disk.path) ? "p" : ""}${number}`;
  return {
    name: path.replace("/dev/", ""),
    path,
    majorMinor: `8:${index * 16 + number}`,
    size,
    type: "part" as const,
    fstype,
    uuid:
      fstype === undefined
        ? undefined
        : fstype === "LVM2_member"
          ? pvUuid(path + disk.serial)
          : uuid(path + disk.serial),
    mountpoint,
    disk: undefined,
    children: [],
  };
}

function volume(given: {
  readonly name: string;
  readonly path: string;
  readonly number: number;
  readonly size: number;
  readonly fstype?: string;
  readonly mountpoint?: string;
}): BlockDevice {
  const { name, path, number, size, fstype, mountpoint } = given;
  const id = fstype === undefined || fstype === "ceph_bluestore" ? undefined : uuid(path + size);
  const majorMinor = `252:${number}`;
  return { name, path, majorMinor, size, type: "lvm", fstype, uuid: id, mountpoint, disk: undefined, children: [] };
}

function uuid(seed: string): string {
  const hex = createHash("sha1").update(seed).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** LVM's own form: 32 letters and digits in groups. */
function pvUuid(seed: string): string {
  const text = createHash("sha256").update(seed).digest("base64url").replace(/[-_]/g, "x");
  return [
    ...[text.slice(0, 6), text.slice(6, 10), text.slice(10, 14), text.slice(14, 18), text.slice(18, 22)],
    ...[text.slice(22, 26), text.slice(26, 32)],
  ].join("-");
}
