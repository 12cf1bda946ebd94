import { assertReachable } from "../../state/ceph/assert-ceph.ts";
import type { CephOsd } from "../../state/ceph/ceph-cluster.ts";
import { osdUsed, weightOf } from "../../state/ceph/ceph-usage.ts";
import { crushHosts } from "../../state/ceph/crush-text.ts";
import { setIn } from "../../state/ceph/daemons.ts";
import { checkDestroyOsd, checkOsd, createOsd, destroyOsd, findOsd } from "../../state/ceph/osds.ts";
import { pgsOn } from "../../state/ceph/placement.ts";
import type { NodeState } from "../../state/node.ts";
import { startTask } from "../../state/tasks.ts";
import type { World } from "../../state/world.ts";
import { isTrue } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { longVersion, nodeVersions, shortVersion } from "./ceph-metadata.ts";

/** `/nodes/NODE/ceph/osd`: the tree, creation on a whole disk, removal, in and out. */
export const nodeCephOsdRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/ceph/osd", relayed: true, handle: tree },
  {
    method: "POST",
    path: "/nodes/{node}/ceph/osd",
    relayed: true,
    parameters: {
      dev: { required: true },
      encrypted: { type: "boolean" },
      "crush-device-class": {},
      "osds-per-device": { type: "integer", minimum: 1 },
    },
    handle: create,
  },
  {
    method: "DELETE",
    path: "/nodes/{node}/ceph/osd/{osdid}",
    relayed: true,
    parameters: { cleanup: { type: "boolean" } },
    handle: remove,
  },
  { method: "POST", path: "/nodes/{node}/ceph/osd/{osdid}/in", relayed: true, handle: (call) => mark(call, true) },
  { method: "POST", path: "/nodes/{node}/ceph/osd/{osdid}/out", relayed: true, handle: (call) => mark(call, false) },
];

function tree({ world, node }: ApiCall) {
  assertReachable(node);
  const { ceph } = node.database;
  const hosts = crushHosts(ceph).map((host) => ({
    ...{ id: String(host.id), name: host.name, type: "host", leaf: 0, reweight: -1, pgs: 0 },
    version: shortVersion(world.nodes.get(host.name) ?? node),
    children: host.osds.map((id) => leafOf(world, node, findOsd(ceph, id))),
  }));
  const root = { id: "-1", name: "default", type: "root", leaf: 0, reweight: -1, pgs: 0, children: hosts };
  const versions = Object.entries(nodeVersions(world, node)).map(([name, { version }]) => [name, version.str]);
  return {
    root: { leaf: 0, children: [root] },
    flags: [...ceph.flags, "sortbitwise", "recovery_deletes", "purged_snapdirs", "pglog_hardlimit"].join(","),
    // Nodes broadcast their version; a map of them is what the tree's version column reads.
    versions: Object.fromEntries(versions),
  };
}

function leafOf(world: World, node: NodeState, osd: CephOsd) {
  const { ceph } = node.database;
  const host = world.nodes.get(osd.node) ?? node;
  const used = osdUsed(ceph, osd);
  return {
    ...{ id: String(osd.id), name: `osd.${osd.id}`, type: "osd", leaf: 1, host: osd.node },
    status: osd.up ? "up" : "down",
    in: osd.in ? 1 : 0,
    reweight: osd.in ? 1 : 0,
    crush_weight: weightOf(osd),
    device_class: osd.deviceClass,
    osdtype: "bluestore",
    ...{ blfsdev: null, dbdev: null, waldev: null },
    pgs: pgsOn(ceph, osd, world.clock.now()),
    total_space: osd.in ? osd.size : 1024,
    bytes_used: used,
    percent_used: osd.in ? (used * 100) / osd.size : 0,
    apply_latency_ms: osd.up ? 1 + (osd.id % 2) : 0,
    commit_latency_ms: osd.up ? 1 + (osd.id % 2) : 0,
    ceph_version: longVersion(host),
    ceph_version_short: shortVersion(host),
  };
}

function create({ world, node, user, params }: ApiCall): string {
  const { dev = "" } = params;
  checkOsd(node, dev);
  const run = { type: "cephcreateosd", id: dev.replace("/dev/", ""), user };
  return startTask(world, node, run, (print, signal) => createOsd(world, node, dev, print, signal)).upid;
}

function remove({ world, node, user, params }: ApiCall): string {
  assertReachable(node);
  const id = Number(params["osdid"]);
  checkDestroyOsd(node.database.ceph, id);
  const run = { type: "cephdestroyosd", id: `osd.${id}`, user };
  const cleanup = isTrue(params["cleanup"]);
  return startTask(world, node, run, async (print) => destroyOsd(world, node, id, cleanup, print)).upid;
}

function mark({ world, node, params }: ApiCall, inside: boolean): null {
  assertReachable(node);
  const { ceph } = node.database;
  setIn(world, ceph, findOsd(ceph, Number(params["osdid"])), inside);
  return null;
}
