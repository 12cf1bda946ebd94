import { assertInitialised, assertReachable } from "../../state/ceph/assert-ceph.ts";
import { controlDaemon } from "../../state/ceph/control-daemon.ts";
import { checkMgr, createMgr, destroyMgr } from "../../state/ceph/managers.ts";
import { checkMon, createMon, destroyMon } from "../../state/ceph/monitors.ts";
import { PveError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { longVersion, shortVersion } from "./ceph-metadata.ts";

const SERVICE: ParameterSchema = { service: { pattern: /^(?:ceph|mon|mds|osd|mgr)(?:\.[a-zA-Z0-9-]+)?$/ } };

/** `/nodes/NODE/ceph/mon` and `mgr`, and starting and stopping of any daemon. */
export const nodeCephServicesRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/ceph/mon", relayed: true, handle: mons },
  {
    method: "POST",
    path: "/nodes/{node}/ceph/mon/{monid}",
    relayed: true,
    parameters: { "mon-address": {} },
    handle: addMonitor,
  },
  { method: "DELETE", path: "/nodes/{node}/ceph/mon/{monid}", relayed: true, handle: removeMonitor },
  { method: "GET", path: "/nodes/{node}/ceph/mgr", relayed: true, handle: mgrs },
  { method: "POST", path: "/nodes/{node}/ceph/mgr/{id}", relayed: true, handle: addManager },
  { method: "DELETE", path: "/nodes/{node}/ceph/mgr/{id}", relayed: true, handle: removeManager },
  ...(["start", "stop", "restart"] as const).map(
    (verb): Route => ({
      method: "POST",
      path: `/nodes/{node}/ceph/${verb}`,
      relayed: true,
      parameters: SERVICE,
      handle: (call) => control(call, verb),
    }),
  ),
];

function mons({ world, node }: ApiCall) {
  assertReachable(node);
  return node.database.ceph.mons.map((mon, rank) => {
    const host = world.nodes.get(mon.name) ?? node;
    return {
      name: mon.name,
      host: mon.name,
      addr: `${mon.address}:6789/0`,
      rank,
      ...(mon.inQuorum ? { quorum: 1 } : {}),
      state: mon.inQuorum ? "running" : host.power === "on" && !mon.running ? "stopped" : "unknown",
      service: true,
      direxists: true,
      ceph_version: longVersion(host),
      ceph_version_short: shortVersion(host),
    };
  });
}

function mgrs({ world, node }: ApiCall) {
  assertReachable(node);
  const { ceph } = node.database;
  return ceph.mgrs.map((mgr) => {
    const host = world.nodes.get(mgr.name) ?? node;
    const stopped = host.power === "on" ? "stopped" : "unknown";
    return {
      name: mgr.name,
      host: mgr.name,
      addr: mgr.address,
      state: mgr.name === ceph.activeMgr ? "active" : mgr.running ? "standby" : stopped,
      service: true,
      direxists: true,
      ceph_version: longVersion(host),
      ceph_version_short: shortVersion(host),
    };
  });
}

function addMonitor({ world, node, user }: ApiCall): string {
  checkMon(node);
  const run = { type: "cephcreatemon", id: `mon.${node.name}`, user };
  return startTask(world, node, run, (print, signal) => createMon(world, node, print, signal)).upid;
}

function removeMonitor({ world, node, user, params }: ApiCall): string {
  assertReachable(node);
  const { monid: name = "" } = params;
  const { ceph } = node.database;
  if (!ceph.mons.some((mon) => mon.name === name)) throw new PveError(`no such monitor id '${name}'`);
  const run = { type: "cephdestroymon", id: `mon.${name}`, user };
  return startTask(world, node, run, async () => destroyMon(world, ceph, name)).upid;
}

function addManager({ world, node, user }: ApiCall): string {
  checkMgr(node);
  const run = { type: "cephcreatemgr", id: `mgr.${node.name}`, user };
  return startTask(world, node, run, (print, signal) => createMgr(world, node, print, signal)).upid;
}

function removeManager({ world, node, user, params }: ApiCall): string {
  assertInitialised(node);
  const { id: name = "" } = params;
  const { ceph } = node.database;
  if (!ceph.mgrs.some((mgr) => mgr.name === name)) throw new PveError(`no such mgr id '${name}'`);
  const run = { type: "cephdestroymgr", id: `mgr.${name}`, user };
  return startTask(world, node, run, async () => destroyMgr(world, ceph, name)).upid;
}

function control({ world, node, user, params }: ApiCall, verb: "start" | "stop" | "restart"): string {
  assertInitialised(node);
  const { service = "ceph.target" } = params;
  const run = { type: `srv${verb}`, id: service, user };
  return startTask(world, node, run, (_print, signal) => controlDaemon(world, node, service, verb, signal)).upid;
}
