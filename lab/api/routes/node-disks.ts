import { createHash } from "node:crypto";
import { type BlockDevice, blockDevices } from "../../state/block-devices.ts";
import type { Disk } from "../../state/hardware.ts";
import { thinPools } from "../../state/lvm/thin-pool.ts";
import { EXTENT, freeExtents, totalExtents } from "../../state/lvm/volume-group.ts";
import type { NodeState } from "../../state/node.ts";
import { isTrue } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/nodes/NODE/disks`: the disks with what holds them, volume groups, thin pools. */
export const nodeDisksRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/disks/list",
    relayed: true,
    parameters: {
      type: { values: ["unused", "journal_disks"] },
      skipsmart: { type: "boolean" },
      "include-partitions": { type: "boolean" },
    },
    handle: list,
  },
  { method: "GET", path: "/nodes/{node}/disks/lvm", relayed: true, handle: groups },
  { method: "GET", path: "/nodes/{node}/disks/lvmthin", relayed: true, handle: pools },
];

function pools({ node }: ApiCall) {
  return thinPools(node).map(({ group, volume, size, used, metadataSize, metadataUsed }) => ({
    ...{ lv: volume.name, vg: group.name, lv_size: size, used: Math.round(used) },
    ...{ metadata_size: metadataSize, metadata_used: Math.round(metadataUsed) },
  }));
}

function groups({ node }: ApiCall) {
  const children = node.lvm.groups.map((group) => ({
    ...{
      name: group.name,
      size: totalExtents(group) * EXTENT,
      free: freeExtents(group) * EXTENT,
      lvcount: group.logical.length,
    },
    leaf: 0,
    children: group.physical.map(({ path, extents }) => ({ name: path, size: extents * EXTENT, free: 0, leaf: 1 })),
  }));
  return { leaf: 0, children };
}

function list({ node, params }: ApiCall) {
  const { type } = params;
  // A DB or WAL may also share an LVM disk of Ceph's.
  const wanted = (disk: Disk) => disk.used === undefined || (type === "journal_disks" && isOsd(node, disk));
  const disks = node.hardware.disks.filter((disk) => type === undefined || wanted(disk));
  const rows = disks.map((disk) => diskData(node, disk));
  if (!isTrue(params["include-partitions"])) return rows;
  const parts = blockDevices(node).filter(({ path }) => disks.some((disk) => disk.path === path));
  return [...rows, ...parts.flatMap((device) => device.children.flatMap((part) => partitionData(device, part)))];
}

function isOsd(node: NodeState, disk: Disk): boolean {
  return node.database.ceph.osds.some((osd) => osd.node === node.name && osd.device === disk.path);
}

function partitionData(parent: BlockDevice, part: BlockDevice) {
  if (part.type !== "part") return [];
  const used = { LVM2_member: "LVM", vfat: "EFI" }[part.fstype ?? ""] ?? part.fstype ?? "BIOS boot";
  const head = { devpath: part.path, parent: parent.path, size: part.size, type: "partition", used };
  return [{ ...head, gpt: 1, osdid: -1, "osdid-list": null, ...(part.mountpoint === undefined ? {} : { mounted: 1 }) }];
}

function diskData(node: NodeState, disk: Disk) {
  const { path, size, model, serial, vendor, type, used } = disk;
  const ids = node.database.ceph.osds
    .filter((osd) => osd.node === node.name && osd.device === path)
    .map((osd) => String(osd.id));
  const [first] = ids;
  return {
    devpath: path,
    size,
    model,
    serial,
    vendor,
    type,
    rpm: type === "hdd" ? 7200 : 0,
    health: "PASSED",
    wearout: type === "hdd" ? "N/A" : 100,
    wwn: `0x5002538${createHash("sha256").update(serial).digest("hex").slice(0, 9)}`,
    // A whole-disk LVM volume has no partition table.
    gpt: used === undefined || used === "LVM" ? 0 : 1,
    osdid: first === undefined ? -1 : Number(first),
    "osdid-list": first === undefined ? null : ids,
    ...(first === undefined ? {} : { bluestore: 1, osdencrypted: 0 }),
    ...(used === undefined ? {} : { used }),
  };
}
