import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { ShotRequest } from "../port.ts";

/** Why a picture that was stopped had not come: the browser itself answers, so it is the machine that does not. */
export function tooSlow(node: InventoryNode | undefined, { spec }: ShotRequest): ProblemError {
  const whom =
    node === undefined || spec.view === undefined ? (spec.open ?? "") : `l’interface et l’API de ${node.name}`;
  return new ProblemError(
    "BROWSER_TOO_SLOW",
    `Trop lent : ${whom} n’avait pas encore tout donné de ${spec.view ?? "la page"}.`,
    {
      scope: "environment",
      hint: "Vérifiez la charge de cette machine et ses services, ou augmentez « timeout ».",
    },
  );
}
