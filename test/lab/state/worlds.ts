import { createClock } from "../../../lab/state/clock.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import type { NodeState } from "../../../lab/state/node.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { loadScenario } from "../../../lab/state/scenario.ts";
import { nodeOf, type World } from "../../../lab/state/world.ts";

export const PASSWORD = "a-password-of-the-test";

/** A world without doors that ends with the test, and its three nodes. */
export interface OpenWorld extends Disposable {
  readonly world: World;
  readonly pve1: NodeState;
  readonly pve2: NodeState;
  readonly pve3: NodeState;
}

/** Opens a scenario whose clock runs 100 times faster. */
export async function openWorld(scenario: string, dialect: Dialect = "9"): Promise<OpenWorld> {
  const opening = { dialect, clock: createClock(100), rootPassword: PASSWORD };
  const world = await openScenario(await loadScenario(scenario), opening);
  return {
    world,
    pve1: nodeOf(world, "pve1"),
    pve2: nodeOf(world, "pve2"),
    pve3: nodeOf(world, "pve3"),
    [Symbol.dispose]: () => world.stop(),
  };
}
