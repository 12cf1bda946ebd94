import { exhaustive } from "../base/exhaustive.ts";
import type { Outcome } from "../model/outcome.ts";

const SKIPPED = {
  satisfied: "déjà satisfaite",
  "not-chosen": "non retenue sur ce site",
  deselected: "hors sélection",
  declined: "refusée par l’opérateur",
} as const;

/** What became of a step, in one or two French words. */
export function outcomeWord(outcome: Outcome | undefined): string {
  switch (outcome?.status) {
    case undefined:
      return "non menée à sa fin";
    case "passed":
      return "réussie";
    case "failed":
      return "échouée";
    case "errored":
      return `en erreur (${outcome.code})`;
    case "blocked":
      return `bloquée par #${outcome.by}`;
    case "skipped":
      return SKIPPED[outcome.because];
    default:
      return exhaustive(outcome);
  }
}
