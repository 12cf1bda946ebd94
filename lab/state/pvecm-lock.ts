import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { Print } from "./tasks.ts";
import type { World } from "./world.ts";

const LOCK_TIMEOUT_MS = 10_000;
const POLL_MS = 250;

/** Runs something under /var/lock/pvecm.lock, which one caller a node holds at a time: waits 10 s of lab time for it, as the real lock does. */
export async function withPvecmLock<T>(
  world: World,
  node: NodeState,
  print: Print,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  if (node.pvecmLocked) await acquire(world, node, print, signal);
  node.pvecmLocked = true;
  try {
    return await run();
  } finally {
    node.pvecmLocked = false;
  }
}

async function acquire(world: World, node: NodeState, print: Print, signal: AbortSignal): Promise<void> {
  print("trying to acquire lock...\n", "err");
  const deadline = world.clock.now() + LOCK_TIMEOUT_MS;
  while (node.pvecmLocked) {
    if (world.clock.now() >= deadline) throw new PveError("can't lock file '/var/lock/pvecm.lock' - got timeout");
    await world.clock.sleep(POLL_MS, signal);
  }
  print(" OK\n", "err");
}
