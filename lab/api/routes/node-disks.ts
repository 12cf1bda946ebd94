import { createHash } from "node:crypto";
import type { Disk } from "../../state/hardware.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/nodes/NODE/disks/list`: the disks, the system's in use and the empty ones. */
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
  return node.hardware.disks.filter((disk) => !unusedOnly || disk.used === undefined).map(diskData);
}

function diskData(disk: Disk) {
  const { path, size, model, serial, vendor, type, used } = disk;
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
    gpt: used === undefined ? 0 : 1,
    osdid: -1,
    "osdid-list": null,
    ...(used === undefined ? {} : { used }),
  };
}
