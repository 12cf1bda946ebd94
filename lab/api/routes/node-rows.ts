import type { NodeState } from "../../state/node.ts";
import { usageOf } from "../../state/usage.ts";
import type { World } from "../../state/world.ts";

/** The nodes a node knows of: itself alone, or its cluster's, by node id. */
export function knownNodes(world: World, node: NodeState): NodeState[] {
  const config = node.database.corosync;
  if (!config) return [node];
  return config.nodes.flatMap((entry) => world.nodes.get(entry.name) ?? []);
}

/** Whether a node is online in the eyes of another: corosync's membership decides. */
export function isOnline(node: NodeState, other: NodeState): boolean {
  return other === node || node.corosync.members.includes(other.name);
}

/** One node as `/nodes` and `/cluster/resources` list it; of an offline one the cluster knows only how big it is. */
export function nodeRow(world: World, node: NodeState, other: NodeState) {
  const { name, hardware } = other;
  const head = { id: `node/${name}`, node: name, type: "node", level: "" };
  const { threads: maxcpu } = hardware.cpu;
  const size = { maxcpu, maxmem: hardware.memory, maxdisk: hardware.rootfs };
  if (!isOnline(node, other)) return { ...head, status: "offline", ...size };
  const usage = usageOf(world, other);
  return {
    ...head,
    status: "online",
    ...size,
    cpu: usage.cpu,
    mem: usage.memory,
    disk: usage.rootfs,
    uptime: world.clock.uptime(other.bootTime),
  };
}
