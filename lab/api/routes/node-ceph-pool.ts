import { assertReachable } from "../../state/ceph/assert-ceph.ts";
import type { CephCluster, CephPool } from "../../state/ceph/ceph-cluster.ts";
import { cephUsage, maxAvailable, usedBy } from "../../state/ceph/ceph-usage.ts";
import { createPool, destroyPool, findPool, type PoolRequest, setPool } from "../../state/ceph/pools.ts";
import { PveError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import { isTrue, type ParameterSchema, type Parameters, toNumber } from "../parameters.ts";
import { type ApiCall, indexRoute, type Route } from "../route.ts";

const SETTINGS: ParameterSchema = {
  size: { type: "integer", minimum: 1, maximum: 7 },
  min_size: { type: "integer", minimum: 1, maximum: 7 },
  pg_num: { type: "integer", minimum: 1, maximum: 32_768 },
  pg_num_min: { type: "integer", maximum: 32_768 },
  pg_autoscale_mode: { values: ["on", "off", "warn"] },
  crush_rule: {},
  application: { values: ["rbd", "cephfs", "rgw"] },
  target_size: {},
  target_size_ratio: {},
};

/** `/nodes/NODE/ceph/pool`. */
export const nodeCephPoolRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/ceph/pool", relayed: true, handle: list },
  {
    method: "POST",
    path: "/nodes/{node}/ceph/pool",
    relayed: true,
    parameters: {
      name: { required: true, pattern: /^[^:/\s]+$/ },
      add_storages: { type: "boolean" },
      ...SETTINGS,
    },
    handle: create,
  },
  indexRoute("/nodes/{node}/ceph/pool/{name}", ["status"]),
  { method: "PUT", path: "/nodes/{node}/ceph/pool/{name}", relayed: true, parameters: SETTINGS, handle: change },
  {
    method: "DELETE",
    path: "/nodes/{node}/ceph/pool/{name}",
    relayed: true,
    parameters: {
      force: { type: "boolean" },
      remove_storages: { type: "boolean" },
      remove_ecprofile: { type: "boolean" },
    },
    handle: remove,
  },
  {
    method: "GET",
    path: "/nodes/{node}/ceph/pool/{name}/status",
    relayed: true,
    parameters: { verbose: { type: "boolean" } },
    handle: status,
  },
];

/** What a pool is asked to be, from the parameters of the API and of the command line. */
export function poolRequest(name: string, params: Parameters): PoolRequest {
  return {
    name,
    size: toNumber(params["size"]),
    minSize: toNumber(params["min_size"]),
    pgNum: toNumber(params["pg_num"]),
    pgNumMin: toNumber(params["pg_num_min"]),
    autoscale: (["on", "warn", "off"] as const).find((mode) => mode === params["pg_autoscale_mode"]),
    application: params["application"],
    addStorages: isTrue(params["add_storages"]),
  };
}

function list({ node }: ApiCall) {
  assertReachable(node);
  const { ceph } = node.database;
  return ceph.pools.map((pool) => {
    const used = usedBy(ceph, pool);
    const room = maxAvailable(ceph, pool) * pool.size;
    return {
      pool: pool.id,
      pool_name: pool.name,
      type: "replicated",
      size: pool.size,
      min_size: pool.minSize,
      pg_num: pool.pgNum,
      ...(pool.pgNumMin === undefined ? {} : { pg_num_min: pool.pgNumMin }),
      pg_num_final: optimalPgs(pool),
      pg_autoscale_mode: pool.autoscale,
      autoscale_status: autoscaleStatus(ceph, pool),
      crush_rule: 0,
      crush_rule_name: "replicated_rule",
      application_metadata: { [pool.application]: {} },
      bytes_used: used,
      percent_used: used + room === 0 ? 0 : used / (used + room),
    };
  });
}

function create({ world, node, user, params }: ApiCall): string {
  assertReachable(node);
  const { name = "" } = params;
  const request = poolRequest(name, params);
  const { ceph, storages } = node.database;
  if (findPool(ceph, name)) throw new PveError(`pool '${name}' already exists`);
  if (request.addStorages && storages.some((storage) => storage.id === name)) {
    throw new PveError(`storage ID '${name}' already defined`);
  }
  const run = { type: "cephcreatepool", id: name, user };
  return startTask(world, node, run, (print, signal) => createPool(world, node, request, print, signal)).upid;
}

function change({ world, node, user, params }: ApiCall): string {
  assertReachable(node);
  const { name = "" } = params;
  const run = { type: "cephsetpool", id: name, user };
  const request = poolRequest(name, params);
  return startTask(world, node, run, async (print) => setPool(node.database.ceph, request, print)).upid;
}

function remove({ world, node, user, params }: ApiCall): string {
  assertReachable(node);
  const { name = "" } = params;
  const run = { type: "cephdestroypool", id: name, user };
  const storages = isTrue(params["remove_storages"]);
  return startTask(world, node, run, async () => destroyPool(node, name, storages)).upid;
}

/** The settings of one pool, as `pveceph pool get` tables them. */
function status({ node, params }: ApiCall) {
  assertReachable(node);
  const { name = "" } = params;
  const pool = findPool(node.database.ceph, name);
  if (!pool) throw new PveError(`mon_command failed - unrecognized pool '${name}'`);
  return {
    ...{ id: pool.id, name: pool.name, size: pool.size, min_size: pool.minSize },
    ...{ pg_num: pool.pgNum, pgp_num: pool.pgNum, pg_autoscale_mode: pool.autoscale, crush_rule: "replicated_rule" },
    ...{ fast_read: 0, hashpspool: 1, "nodeep-scrub": 0, nodelete: 0, nopgchange: 0, noscrub: 0, nosizechange: 0 },
    ...{ use_gmt_hitset: 1, write_fadvise_dontneed: 0 },
  };
}

function optimalPgs(pool: CephPool): number {
  return pool.application === "mgr" ? 1 : 32;
}

function autoscaleStatus(ceph: CephCluster, pool: CephPool) {
  const { total } = cephUsage(ceph);
  return {
    ...{ pool_id: pool.id, pool_name: pool.name, pg_autoscale_mode: pool.autoscale, crush_root_id: -1, bias: 1 },
    ...{ pg_num_target: pool.pgNum, pg_num_final: optimalPgs(pool), pg_num_ideal: 0, raw_used_rate: pool.size },
    ...{ subtree_capacity: total, raw_used: 0, actual_raw_used: 0, logical_used: 0, capacity_ratio: 0 },
    ...{ actual_capacity_ratio: 0, effective_target_ratio: 0, target_bytes: 0, target_ratio: 0 },
    ...{ bulk: false, would_adjust: false },
  };
}
