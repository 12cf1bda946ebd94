import { formMembership } from "./membership.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { Print } from "./tasks.ts";
import type { World } from "./world.ts";

/** `pvecm delnode`: takes a node (name, or address of link 0 or 1) out of the cluster, even one that is online, and kills its corosync. */
export function deleteNode(world: World, node: NodeState, target: string, print: Print): void {
  if (target === node.name) throw new PveError("Cannot delete myself from cluster!");
  assertQuorum(node);
  const config = node.database.corosync;
  const entry = config?.nodes.find((known) => [known.name, known.links[0], known.links[1]].includes(target));
  if (!config || !entry) throw new PveError(`Node/IP: ${target} is not a known host of the cluster.`);
  const removed = world.nodes.get(entry.name);
  if (removed?.corosync.running) {
    print(`Killing node ${entry.nodeid}\n`);
    removed.corosync.running = false;
    removed.corosync.members = [];
  }
  // The removed node keeps the database as it last saw it.
  if (removed) removed.database = { ...removed.database };
  const nodes = config.nodes.filter((known) => known !== entry);
  node.database.corosync = { ...config, version: config.version + 1, nodes };
  formMembership(world);
}
