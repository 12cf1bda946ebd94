import type { NodeState } from "../node.ts";
import { recordFinishedTask } from "../tasks.ts";
import type { World } from "../world.ts";
import { configure } from "./init-ceph.ts";
import { addServices } from "./monitors.ts";
import { addOsd } from "./osds.ts";
import { addPool, storageOf } from "./pools.ts";

/** What a scenario says about a Ceph that is there already. */
export interface BuiltCeph {
  readonly network: string;
  /** One OSD on this device of each node; none without it. */
  readonly device: string | undefined;
  /** Pool and storage of that name; none without it. */
  readonly pool: string | undefined;
}

const AGE_MS = 3_600_000;

/** Makes Ceph on all nodes at once, as if it had been built an hour ago: for scenarios that start there. */
export function buildCeph(world: World, built: BuiltCeph): void {
  const nodes = [...world.nodes.values()];
  const first = nodes[0];
  if (!first) return;
  const { ceph } = first.database;
  for (const node of nodes) Object.assign(node.ceph, { release: "squid", repository: "no-subscription", linked: true });
  configure(ceph, { network: built.network });
  for (const node of nodes) addServices(world, node);
  for (const node of nodes) {
    if (built.device !== undefined) addOsd(world, node, built.device);
    recordTasks(world, node, built);
  }
  if (built.pool !== undefined) {
    addPool(world, ceph, built.pool, { pgNum: 32, autoscale: "on" });
    first.database.storages.push(storageOf(built.pool));
  }
  age(world, first);
}

function recordTasks(world: World, node: NodeState, built: BuiltCeph): void {
  const at = world.clock.seconds() - AGE_MS / 1000;
  recordFinishedTask(node, "cephcreatemon", at, `mon.${node.name}`);
  if (built.device !== undefined) {
    recordFinishedTask(node, "cephcreateosd", at + 60, built.device.replace("/dev/", ""));
  }
}

/** Everything above happened now; nobody wants to see it settle. */
function age(world: World, node: NodeState): void {
  const { ceph } = node.database;
  const then = world.clock.now() - AGE_MS;
  Object.assign(ceph.since, { quorum: then, manager: then, up: then, in: then });
  if (ceph.firstUpAt !== undefined) ceph.firstUpAt = then;
  for (const daemon of [...ceph.mons, ...ceph.mgrs, ...ceph.osds, ...ceph.pools]) {
    Object.assign(daemon, { createdAt: then });
  }
}
