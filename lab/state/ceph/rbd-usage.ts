import type { StorageDefinition } from "../cluster-database.ts";
import type { CephCluster } from "./ceph-cluster.ts";
import { maxAvailable, storedIn } from "./ceph-usage.ts";
import { findPool } from "./pools.ts";

/** Room of an RBD storage: what its pool stores, and what it can still take. */
export function rbdUsage(
  ceph: CephCluster,
  storage: StorageDefinition,
): { readonly total: number; readonly used: number; readonly available: number } {
  const pool = findPool(ceph, storage.properties["pool"] ?? "rbd");
  if (!pool) return { total: 0, used: 0, available: 0 };
  const [used, available] = [storedIn(ceph, pool), maxAvailable(ceph, pool)];
  return { total: used + available, used, available };
}
