import { ProblemError } from "../base/problem.ts";
import { type Inventory, LOCAL } from "../model/inventory.ts";
import type { Prepared } from "./prepare-plan.ts";

/**
 * True for the lab's own inventory while no lab runs: it has no sockets then, and every address would be somebody else's; its secrets come
 * with it, too.
 */
export function isSleepingLab({ inventory, plan }: Pick<Prepared, "inventory" | "plan">): boolean {
  return isAsleep(inventory) && plan.steps.some(({ targets }) => targets.some((target) => target !== LOCAL));
}

/** Throws LAB_NOT_STARTED for the lab's own inventory while no lab runs. */
export function refuseSleepingLab(inventory: Inventory): void {
  if (!isAsleep(inventory)) return;
  throw new ProblemError("LAB_NOT_STARTED", `${inventory.file} décrit un laboratoire, et aucun n’est démarré.`, {
    scope: "author",
    hint: "Démarrez-le dans un autre terminal avec « npm run -s constat -- lab », ou donnez --inventory pour de vraies machines.",
  });
}

function isAsleep({ guard, nodes, simulated }: Inventory): boolean {
  const reachable = nodes.some(({ ssh, pve }) => ssh?.connect !== undefined || pve?.connect !== undefined);
  return guard === "loopback" && simulated !== undefined && !reachable;
}
