import type { StorageDefinition } from "../cluster-database.ts";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { Print } from "../tasks.ts";
import type { World } from "../world.ts";
import type { CephCluster, CephPool } from "./ceph-cluster.ts";

/** What a pool can be created with or changed to; absent keys keep their default, or stay. */
export interface PoolRequest {
  readonly name: string;
  readonly size?: number | undefined;
  readonly minSize?: number | undefined;
  readonly pgNum?: number | undefined;
  readonly pgNumMin?: number | undefined;
  readonly autoscale?: CephPool["autoscale"] | undefined;
  readonly application?: string | undefined;
  readonly addStorages?: boolean | undefined;
}

/** What pveceph gives a pool when nobody says otherwise. */
const DEFAULTS = { size: 3, minSize: 2, pgNum: 128, autoscale: "warn" } as const;

/** Creates a pool and, when asked, the storage of the same name; prints what the worker prints, takes about 2.5 s of lab time. */
export async function createPool(
  world: World,
  node: NodeState,
  request: PoolRequest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const { ceph } = node.database;
  const { name, addStorages = false } = request;
  if (findPool(ceph, name)) throw new PveError(`mon_command failed - pool '${name}' already exists`);
  if (addStorages) refuseUsedStorage(node, name);
  const pool = addPool(world, ceph, name, request);
  await world.clock.sleep(700, signal);
  tellSettings(pool, print);
  await world.clock.sleep(1500, signal);
  if (addStorages) node.database.storages.push(storageOf(name));
}

/** The change of state alone: Ceph's part of a creation, also for scenarios. */
export function addPool(
  world: World,
  ceph: CephCluster,
  name: string,
  request: Partial<Omit<PoolRequest, "name">> = {},
): CephPool {
  const pool: CephPool = {
    id: ceph.nextPool,
    name,
    createdAt: world.clock.now(),
    size: request.size ?? DEFAULTS.size,
    minSize: request.minSize ?? DEFAULTS.minSize,
    pgNum: request.pgNum ?? DEFAULTS.pgNum,
    pgNumMin: request.pgNumMin,
    autoscale: request.autoscale ?? DEFAULTS.autoscale,
    application: request.application ?? "rbd",
  };
  ceph.nextPool += 1;
  ceph.pools.push(pool);
  ceph.epochs.osdmap += 4;
  return pool;
}

/** `.mgr`, which a manager makes for itself as soon as there is an OSD. */
export function createMgrPool(world: World, ceph: CephCluster): void {
  if (ceph.activeMgr === undefined || findPool(ceph, ".mgr")) return;
  addPool(world, ceph, ".mgr", { pgNum: 1, pgNumMin: 1, autoscale: "on", application: "mgr" });
}

/** Changes settings of a pool, printing each. */
export function setPool(ceph: CephCluster, request: PoolRequest, print: Print): void {
  const pool = findPool(ceph, request.name);
  if (!pool) throw unknownPool(request.name);
  const settings: readonly (readonly [key: string, wanted: unknown, apply: () => void])[] = [
    ["size", request.size, () => assign(pool, { size: request.size })],
    ["min_size", request.minSize, () => assign(pool, { minSize: request.minSize })],
    ["pg_num", request.pgNum, () => assign(pool, { pgNum: request.pgNum })],
    ["pg_num_min", request.pgNumMin, () => assign(pool, { pgNumMin: request.pgNumMin })],
    ["pg_autoscale_mode", request.autoscale, () => assign(pool, { autoscale: request.autoscale })],
  ];
  for (const [key, wanted, apply] of settings) {
    if (wanted === undefined) continue;
    if (currentOf(pool, key) === wanted) print(`skipping '${key}', did not change\n`);
    else {
      apply();
      print(`pool ${pool.name}: applying ${key} = ${wanted}\n`);
    }
  }
  ceph.epochs.osdmap += 1;
}

/** Removes a pool, its images with it, and its storages when asked. */
export function destroyPool(node: NodeState, name: string, removeStorages: boolean): void {
  const { ceph, storages } = node.database;
  const index = ceph.pools.findIndex((pool) => pool.name === name);
  if (index < 0) throw unknownPool(name);
  ceph.pools.splice(index, 1);
  ceph.epochs.osdmap += 1;
  if (!removeStorages) return;
  const left = storages.filter((storage) => storage.type !== "rbd" || storage.properties["pool"] !== name);
  storages.splice(0, storages.length, ...left);
}

/** The pool of that name. */
export function findPool(ceph: CephCluster, name: string): CephPool | undefined {
  return ceph.pools.find((pool) => pool.name === name);
}

/** The definition that `--add_storages` writes for a pool. */
export function storageOf(pool: string): StorageDefinition {
  const content = ["rootdir", "images"];
  return { id: pool, type: "rbd", content, properties: { krbd: "0", pool }, shared: true, nodes: [] };
}

function refuseUsedStorage(node: NodeState, name: string): void {
  if (node.database.storages.some((storage) => storage.id === name)) {
    throw new PveError(`storage ID '${name}' already defined`);
  }
}

function unknownPool(name: string): PveError {
  return new PveError(`mon_command failed - unrecognized pool '${name}'`);
}

/** What the command says while it compares what was asked with what a new pool has anyway. */
function tellSettings(pool: CephPool, print: Print): void {
  const told = (key: string, value: unknown, has: unknown) =>
    print(value === has ? `skipping '${key}', did not change\n` : `pool ${pool.name}: applying ${key} = ${value}\n`);
  told("size", pool.size, DEFAULTS.size);
  told("application", pool.application, undefined);
  told("min_size", pool.minSize, DEFAULTS.minSize);
  told("pg_autoscale_mode", pool.autoscale, "on");
  told("pg_num", pool.pgNum, pool.pgNum);
  if (pool.pgNumMin !== undefined) told("pg_num_min", pool.pgNumMin, undefined);
}

function currentOf(pool: CephPool, key: string): unknown {
  return {
    size: pool.size,
    min_size: pool.minSize,
    pg_num: pool.pgNum,
    pg_num_min: pool.pgNumMin,
    pg_autoscale_mode: pool.autoscale,
  }[key];
}

function assign(pool: CephPool, change: { readonly [K in keyof CephPool]?: CephPool[K] | undefined }): void {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  Object.assign(pool, Object.fromEntries(given));
}
