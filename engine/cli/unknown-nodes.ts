import { closest } from "../base/closest.ts";
import { ProblemError } from "../base/problem.ts";
import type { Inventory } from "../model/inventory.ts";

/** Refuses names of nodes that the inventory does not have. Throws NODE_UNKNOWN. */
export function unknownNodes(names: readonly string[], { nodes, file }: Inventory): void {
  const known = nodes.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = closest(unknown, known);
  throw new ProblemError("NODE_UNKNOWN", `« ${unknown} » n’est pas un nœud de ${file || "cet inventaire"}.`, {
    scope: "author",
    hint: meant === undefined ? `Nœuds : ${known.join(", ") || "aucun"}.` : `Vouliez-vous dire « ${meant} » ?`,
  });
}
