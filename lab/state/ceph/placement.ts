import type { CephCluster, CephOsd, CephPool } from "./ceph-cluster.ts";

/** Placement groups of one state. */
export interface PgCount {
  readonly state: string;
  readonly count: number;
}

/** From the creation of a pool: its groups become known, peer and turn clean in these spans of lab milliseconds. */
const KNOWN = { from: 1500, over: 1500 };
const CLEAN = { from: 2500, over: 3500 };
/** The same after an OSD came back: recovery of almost no data. */
const RECOVERED = { from: 1500, over: 5000 };

/** States of a pool's groups at a moment (lab milliseconds). Failure domain is the host. */
export function pgStates(ceph: CephCluster, pool: CephPool, at: number): readonly PgCount[] {
  if (ceph.firstUpAt === undefined) return [{ state: "unknown", count: pool.pgNum }];
  const age = at - Math.max(pool.createdAt, ceph.firstUpAt);
  const whole = wholeState(ceph, pool);
  const known = share(age, KNOWN, pool.pgNum);
  const done = share(age, CLEAN, pool.pgNum);
  if (done < pool.pgNum) {
    return counts([
      [whole, done],
      ["creating+peering", known - done],
      ["unknown", pool.pgNum - known],
    ]);
  }
  // What an OSD's return mends takes a while too.
  const recovering = ceph.lastDownAt !== undefined && ceph.since.up > ceph.lastDownAt && whole === "active+clean";
  if (!recovering) return split(ceph, pool, whole, pool.pgNum);
  const mended = share(at - ceph.since.up, RECOVERED, pool.pgNum);
  return counts([["active+clean", mended], ...pairs(split(ceph, pool, "active+undersized", pool.pgNum - mended))]);
}

/** The states of all groups together, most frequent first. */
export function allPgStates(ceph: CephCluster, at: number): readonly PgCount[] {
  const sums = new Map<string, number>();
  for (const pool of ceph.pools) {
    for (const { state, count } of pgStates(ceph, pool, at)) sums.set(state, (sums.get(state) ?? 0) + count);
  }
  return counts([...sums]);
}

/** Hosts that can hold a replica: those with an OSD that is up and in. */
export function placeableHosts(ceph: CephCluster): number {
  return new Set(ceph.osds.filter((osd) => osd.up && osd.in).map((osd) => osd.node)).size;
}

/** How many groups an OSD holds. */
export function pgsOn(ceph: CephCluster, osd: CephOsd, at: number): number {
  if (!osd.in || !osd.up) return 0;
  const inside = ceph.osds.filter((each) => each.up && each.in);
  const hosts = placeableHosts(ceph);
  const onHost = inside.filter((each) => each.node === osd.node).length;
  const replicas = ceph.pools.reduce((sum, pool) => {
    const known = pgStates(ceph, pool, at).reduce((n, { state, count }) => (state === "unknown" ? n : n + count), 0);
    return sum + (known * Math.min(pool.size, hosts)) / hosts;
  }, 0);
  return Math.round(replicas / onHost);
}

/** Objects of a pool: a few of its own for each image, and what was written in pieces of 4 MiB. */
export function objectsOf(ceph: CephCluster, pool: CephPool): number {
  if (pool.application === "mgr") return 2;
  const images = ceph.imagesIn(pool.name);
  return images.reduce((sum, image) => sum + 4 + Math.ceil(image.written / (4 * 2 ** 20)), images.length > 0 ? 1 : 0);
}

function wholeState(ceph: CephCluster, pool: CephPool): string {
  const hosts = placeableHosts(ceph);
  if (hosts >= pool.size) return "active+clean";
  if (hosts === 0) return "stale+active+undersized";
  return hosts >= pool.minSize ? "active+undersized" : "undersized+peered";
}

/** Groups that hold objects are degraded when a replica is missing; empty ones are only undersized. */
function split(ceph: CephCluster, pool: CephPool, state: string, count: number): readonly PgCount[] {
  if (state === "active+clean" || placeableHosts(ceph) === 0) return counts([[state, count]]);
  const degraded = Math.min(count, objectsOf(ceph, pool));
  const name = state === "undersized+peered" ? "undersized+degraded+peered" : `${state}+degraded`;
  return counts([
    [state, count - degraded],
    [name, degraded],
  ]);
}

function share(age: number, { from, over }: { from: number; over: number }, of: number): number {
  return Math.floor(of * Math.min(1, Math.max(0, (age - from) / over)));
}

function pairs(states: readonly PgCount[]): [string, number][] {
  return states.map(({ state, count }) => [state, count]);
}

function counts(entries: readonly (readonly [string, number])[]): readonly PgCount[] {
  return entries
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ state, count }))
    .sort((a, b) => b.count - a.count);
}
