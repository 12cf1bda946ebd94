import { createHash } from "node:crypto";
import type { Disk } from "../../state/hardware.ts";
import type { NodeState } from "../../state/node.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/nodes/NODE/disks/list`: the disks with what holds them. */
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
];

function list({ node, params }: ApiCall) {
  const unusedOnly = params["type"] !== undefined;
  return node.hardware.disks
    .filter((disk) => !unusedOnly || disk.used === undefined)
    .map((disk) => diskData(node, disk));
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
