import type { World } from "../world.ts";
import type { HaCluster, HaLogLine } from "./ha-cluster.ts";

const KEPT = 500;

/** Adds a line to the journal of the stack's daemons. */
export function logHa(world: World, ha: HaCluster, node: string, unit: HaLogLine["unit"], text: string): void {
  ha.log.push({ at: world.clock.now(), node, unit, text });
  if (ha.log.length > KEPT) ha.log.shift();
}
