import { createHash } from "node:crypto";
import { groupOf } from "./ceph/osd-log.ts";
import type { Disk } from "./hardware.ts";
import { installLayout } from "./lvm/install-layout.ts";
import { thinPools } from "./lvm/thin-pool.ts";
import { EXTENT, type LogicalVolume, type VolumeGroup } from "./lvm/volume-group.ts";
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
const BY_ID = "/dev/disk/by-id/";

/** A disk's name in /dev/disk/by-id: `ata-MODEL_SERIAL`. */
export function diskId({ type, model, serial }: Disk): string {
  return `${type === "nvme" ? "nvme" : "ata"}-${model.replaceAll(" ", "_")}_${serial}`;
}

/** The kernel's name of a disk that is given by one of its names: "/dev/sdb" for "/dev/disk/by-id/ata-…"; other paths as they are. */
export function devicePath(node: NodeState, path: string): string {
  if (!path.startsWith(BY_ID)) return path;
  return node.hardware.disks.find((disk) => `${BY_ID}${diskId(disk)}` === path)?.path ?? path;
}

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
          children: [...osdVolumes(node, disk), ...volumesOn(node, disk.path)],
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
  const { boot, esp, lvm } = installLayout(disk.size, node.hardware.memory);
  return [
    part(disk, index, 1, boot, undefined),
    part(disk, index, 2, esp, "vfat", "/boot/efi"),
    { ...part(disk, index, 3, lvm, "LVM2_member"), children: volumesOn(node, `${disk.path}3`) },
  ];
}

/** The volumes whose extents begin on a physical volume: the groups are filled in the order of their disks. */
function volumesOn(node: NodeState, path: string): readonly BlockDevice[] {
  return node.lvm.groups
    .filter(({ physical }) => physical[0]?.path === path)
    .flatMap((group) =>
      group.logical.toSorted((a, b) => RANK[a.type] - RANK[b.type]).flatMap((each) => volumeTree(node, group, each)),
    );
}

const RANK = { linear: 0, "thin-pool": 1 } as const;

function volumeTree(node: NodeState, group: VolumeGroup, { name, type, extents, metadata }: LogicalVolume) {
  const number = { swap: 0, root: 1 }[name] ?? 2;
  const named = (suffix: string) => `${group.name}-${name}${suffix}`;
  const path = `/dev/${group.name}/${name}`;
  const size = extents * EXTENT;
  if (type === "linear") {
    const use = { swap: { fstype: "swap", mountpoint: "[SWAP]" }, root: { fstype: "ext4", mountpoint: "/" } }[name];
    return [volume({ name: named(""), path, number, size, ...use })];
  }
  const pool = (children: readonly BlockDevice[]) => ({
    ...volume({ name: named("-tpool"), path, number: 4, size }),
    children,
  });
  const inside = thinVolumes(node, group, name);
  const hidden = (suffix: string, minor: number, bytes: number) => ({
    ...volume({ name: named(suffix), path: `${path}${suffix}`, number: minor, size: bytes }),
    children: inside.length === 0 ? [volume({ name: named(""), path, number: 4, size })] : [pool(inside)],
  });
  return [hidden("_tmeta", 2, metadata * EXTENT), hidden("_tdata", 3, size)];
}

/** What is inside a thin pool, the pool itself first. */
function thinVolumes(node: NodeState, group: VolumeGroup, pool: string): readonly BlockDevice[] {
  const found = thinPools(node).find((each) => each.group === group && each.volume.name === pool)?.volumes ?? [];
  if (found.length === 0) return [];
  const data = volume({ name: `${group.name}-${pool}`, path: `/dev/${group.name}/${pool}`, number: 5, size: 0 });
  const size = thinPools(node).find((each) => each.group === group && each.volume.name === pool)?.size ?? 0;
  return [
    { ...data, size },
    ...found.map((each, index) => {
      const name = each.volid.slice(each.volid.indexOf(":") + 1);
      const mapped = `${group.name}-${name.replaceAll("-", "--")}`;
      return volume({ name: mapped, path: `/dev/${group.name}/${name}`, number: 6 + index, size: each.size });
    }),
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
  readonly fstype?: string | undefined;
  readonly mountpoint?: string | undefined;
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
