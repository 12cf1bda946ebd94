import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { Print } from "../tasks.ts";
import type { World } from "../world.ts";
import { assertInitialised } from "./assert-ceph.ts";
import type { CephCluster } from "./ceph-cluster.ts";
import { addressIn } from "./local-address.ts";

/** Throws at once what creating a manager on this node is refused with. */
export function checkMgr(node: NodeState): void {
  assertInitialised(node);
  const { mgrs } = node.database.ceph;
  if (mgrs.some((mgr) => mgr.name === node.name)) {
    throw new PveError(`ceph manager directory '/var/lib/ceph/mgr/ceph-${node.name}' already exists`);
  }
}

/** Creates the manager of a node; prints what the worker prints, takes about 2 s of lab time (4 s on 8.4). */
export async function createMgr(world: World, node: NodeState, print: Print, signal: AbortSignal): Promise<void> {
  checkMgr(node);
  node.ceph.linked = true;
  const [quote, folder] = world.dialect === "9" ? ["'", "/usr/lib"] : ["", "/lib"];
  const unit = `ceph-mgr@${node.name}.service`;
  print(`creating manager directory '/var/lib/ceph/mgr/ceph-${node.name}'\n`);
  print(`creating keys for 'mgr.${node.name}'\nsetting owner for directory\nenabling service '${unit}'\n`);
  await world.clock.sleep(world.dialect === "9" ? 900 : 2500, signal);
  print(
    `Created symlink ${quote}/etc/systemd/system/ceph-mgr.target.wants/${unit}${quote} -> ${quote}${folder}/systemd/system/ceph-mgr@.service${quote}.\n`,
  );
  print(`starting service '${unit}'\n`);
  await world.clock.sleep(800, signal);
  addMgr(world, node);
}

/** The change of state alone; the first manager becomes the active one. */
export function addMgr(world: World, node: NodeState): void {
  const { ceph } = node.database;
  const now = world.clock.now();
  const address = addressIn(node, ceph.config?.publicNetwork);
  ceph.mgrs.push({ name: node.name, address, createdAt: now, running: true });
  ceph.epochs.mgrmap += 1;
  if (ceph.activeMgr !== undefined) return;
  ceph.activeMgr = node.name;
  ceph.since.manager = now;
}

/** Removes a manager; a standby takes over from the active one. */
export function destroyMgr(world: World, ceph: CephCluster, name: string): void {
  const index = ceph.mgrs.findIndex((mgr) => mgr.name === name);
  if (index < 0) throw new PveError(`no such mgr id '${name}'`);
  ceph.mgrs.splice(index, 1);
  ceph.epochs.mgrmap += 1;
  if (ceph.activeMgr !== name) return;
  ceph.activeMgr = ceph.mgrs.find((mgr) => mgr.running)?.name;
  ceph.since.manager = world.clock.now();
}
