import type { NodeState } from "./node.ts";
import type { World } from "./world.ts";

const RESTART_MS = 1500;

/** Stops and starts pveproxy: connections are refused for 1.5 s of lab time, then answered with the node's present certificate. */
export async function restartProxy(world: World, node: NodeState, signal: AbortSignal): Promise<void> {
  setProxy(world, node, "down");
  try {
    await world.clock.sleep(RESTART_MS, signal);
  } finally {
    setProxy(world, node, "up");
  }
}

/** Says whether pveproxy listens, and tells the doors. */
export function setProxy(world: World, node: NodeState, state: "up" | "down"): void {
  node.proxy = state;
  world.events.emit({ type: "proxy", node: node.name, state });
}
