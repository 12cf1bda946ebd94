import type { NodeState } from "./node.ts";
import { usageOf } from "./usage.ts";
import type { World } from "./world.ts";

/** Bytes that a node's root file system still takes. */
export function roomOnRoot(world: World, node: NodeState): number {
  return Math.max(0, Math.floor(node.hardware.rootfs * 0.95) - usageOf(world, node).rootfs);
}
