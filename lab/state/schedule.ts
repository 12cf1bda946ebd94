import type { World } from "./world.ts";

/** Does something after so many lab milliseconds, unless the lab stops first. */
export function after(world: World, labMs: number, action: () => void): void {
  world.clock.sleep(labMs, world.signal).then(action, () => {
    // The only rejection is the lab's own end: nothing is left to do.
  });
}
