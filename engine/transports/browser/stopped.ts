import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { ShotRequest } from "../port.ts";

/** Why a picture was stopped. By its time limit: the browser itself answers, so it is the machine that does not. */
export function stopped(node: InventoryNode | undefined, { spec, signal }: ShotRequest): unknown {
  const { reason } = signal;
  if (!(reason instanceof DOMException) || reason.name !== "TimeoutError") return reason;
  const whom =
    node === undefined || spec.view === undefined ? (spec.open ?? "") : `l’interface et l’API de ${node.name}`;
  return new ProblemError(
    "BROWSER_TOO_SLOW",
    `Trop lent : ${whom} ; il manquait encore une partie de ${spec.view ?? "la page"}.`,
    {
      scope: "environment",
      hint: "Vérifiez la charge de cette machine et ses services, ou augmentez « timeout ».",
    },
  );
}
