import { LOCAL } from "../model/inventory.ts";
import type { Prepared } from "./prepare-plan.ts";

/**
 * True for the lab's own inventory while no lab runs: it has no sockets then, and every address would be somebody else's; its secrets come
 * with it, too.
 */
export function isSleepingLab({ inventory, plan }: Pick<Prepared, "inventory" | "plan">): boolean {
  const { guard, nodes, simulated } = inventory;
  const reachable = nodes.some(({ ssh, pve }) => ssh?.connect !== undefined || pve?.connect !== undefined);
  const used = plan.steps.some(({ targets }) => targets.some((target) => target !== LOCAL));
  return guard === "loopback" && simulated !== undefined && used && !reachable;
}
