import type { CephCluster, CephOsd, CephPool } from "./ceph-cluster.ts";
import { placeableHosts } from "./placement.ts";

/** Bytes that an empty OSD says are used. */
const EMPTY_OSD = 27_574_272;
const FULL_RATIO = 0.95;

/** Room of the OSDs that are in, bytes. */
export interface CephUsage {
  readonly total: number;
  readonly used: number;
  readonly available: number;
}

/** How full the whole cluster is. */
export function cephUsage(ceph: CephCluster): CephUsage {
  const inside = ceph.osds.filter((osd) => osd.in);
  const total = inside.reduce((sum, osd) => sum + osd.size, 0);
  const used = inside.reduce((sum, osd) => sum + osdUsed(ceph, osd), 0);
  return { total, used, available: total - used };
}

/** Bytes in use on one OSD: every host has a whole replica, shared among its OSDs. */
export function osdUsed(ceph: CephCluster, osd: CephOsd): number {
  if (!osd.in) return 0;
  const onHost = ceph.osds.filter((each) => each.node === osd.node && each.in).length;
  const replicas = ceph.pools.reduce(
    (sum, pool) => sum + storedIn(ceph, pool) * Math.min(1, pool.size / hosts(ceph)),
    0,
  );
  return EMPTY_OSD + Math.round(replicas / onHost);
}

/** Bytes stored in a pool, before replication. */
export function storedIn(ceph: CephCluster, pool: CephPool): number {
  if (pool.application === "mgr") return 590_368;
  return ceph.imagesIn(pool.name).reduce((sum, image) => sum + image.written, 0);
}

/** Bytes that a pool takes on all OSDs together. */
export function usedBy(ceph: CephCluster, pool: CephPool): number {
  return storedIn(ceph, pool) * Math.min(pool.size, Math.max(1, placeableHosts(ceph)));
}

/** Bytes that a pool can still take, by Ceph's own caution about full OSDs. */
export function maxAvailable(ceph: CephCluster, pool: CephPool): number {
  const { total, available } = cephUsage(ceph);
  return Math.max(0, Math.floor((available - (1 - FULL_RATIO) * total) / pool.size));
}

/** CRUSH weight of an OSD: its size in TiB with four decimals, in the map's fixed-point numbers. */
export function weightOf(osd: CephOsd): number {
  return Math.floor(Number((osd.size / 2 ** 40).toFixed(4)) * 65_536) / 65_536;
}

function hosts(ceph: CephCluster): number {
  return Math.max(1, new Set(ceph.osds.filter((osd) => osd.in).map((osd) => osd.node)).size);
}
