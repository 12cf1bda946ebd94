import type { Inventory } from "../model/inventory.ts";
import type { Plan } from "../model/plan.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

/** Secrets that the steps to run will ask for and that the inventory does not declare. For before a run, not for lint: a lab brings its own. */
export function missingSecrets(plan: Plan, inventory: Inventory): readonly PlanProblem[] {
  return plan.steps
    .filter(({ leftOut }) => leftOut === undefined)
    .flatMap(({ id, block }) =>
      (block.settings.answers ?? [])
        .flatMap((answer) => ("secret" in answer ? answer.secret : []))
        .filter((secret) => !Object.hasOwn(inventory.secrets, secret))
        .map((secret) => ({
          place: placeOf(block, "answers"),
          reason: `le bloc #${id} demande le secret « ${secret} », que l’inventaire ne déclare pas`,
          remedy: `ajoutez à ${inventory.file} : secrets: { ${secret}: { env: NOM } }, { file: chemin } ou { command: "…" }`,
        })),
    );
}
