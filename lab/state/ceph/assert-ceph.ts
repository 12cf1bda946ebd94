import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { CephConfig } from "./ceph-cluster.ts";

/** Throws what a node without the packages says. */
export function assertInstalled(node: NodeState): void {
  if (node.ceph.release === undefined) throw new PveError("binary not installed: /usr/bin/ceph-mon");
}

/** The configuration; throws what a node says as long as there is none. */
export function assertInitialised(node: NodeState): CephConfig {
  assertInstalled(node);
  const { config } = node.database.ceph;
  if (config) return config;
  throw new PveError("pveceph configuration not initialized - missing '/etc/pve/ceph.conf', missing '/etc/pve/ceph'");
}

/** Throws what a call that needs the monitors says while none answers, or while they are no majority. */
export function assertReachable(node: NodeState): void {
  assertInitialised(node);
  const { mons } = node.database.ceph;
  if (mons.length === 0) throw new PveError("rados_connect failed - No such file or directory");
  if (!hasQuorum(node)) throw new PveError("got timeout");
}

/** Whether the monitors, as far as anybody has noticed, are a majority. */
export function hasQuorum(node: NodeState): boolean {
  const { mons } = node.database.ceph;
  return mons.filter((mon) => mon.inQuorum).length * 2 > mons.length;
}
