import { ProblemError } from "../base/problem.ts";
import type { Inventory } from "../model/inventory.ts";

/** The lab's own inventory has sockets only while a lab runs: without them every address would be somebody else's. Throws LAB_NOT_STARTED. */
export function refuseSleepingLab({ guard, nodes, file, simulated }: Inventory): void {
  const reachable = nodes.some(({ ssh, pve }) => ssh?.connect !== undefined || pve?.connect !== undefined);
  if (guard !== "loopback" || simulated === undefined || reachable) return;
  throw new ProblemError("LAB_NOT_STARTED", `${file} décrit un laboratoire, et aucun n’est démarré.`, {
    scope: "author",
    hint: "Démarrez-le dans un autre terminal avec « npm run -s constat -- lab », ou donnez --inventory pour de vraies machines.",
  });
}
