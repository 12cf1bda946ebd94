import type { Language } from "../model/report.ts";
import type { RunFacts } from "./run-facts.ts";
import { toStatus } from "./status.ts";
import { wordsOf } from "./words.ts";

/** Why a placeholder has no figure, in a sentence part that follows a colon. */
export function gapReason(facts: RunFacts, placeholder: string, language: Language): string {
  const words = wordsOf(language);
  const planned = facts.started.placeholders.find(({ id }) => id === placeholder);
  if (planned === undefined) return words.gapOutside;
  if (planned.candidates.length === 0) return words.gapNoCandidate;
  if (planned.chosen === null) return `${words.gapNoneChosen} (${planned.candidates.join(", ")})`;
  const outcome = facts.outcomes.get(planned.chosen)?.outcome;
  if (outcome === undefined) return `${words.gapPending} (${planned.chosen})`;
  if (outcome.status === "passed") return `${words.gapNoPicture} (${planned.chosen})`;
  const { word, reason } = toStatus(outcome, language);
  if (outcome.status === "skipped" && outcome.because === "satisfied")
    return `${words.gapBefore} (${planned.chosen}). ${reason}`;
  return reason === "" ? `${planned.chosen}, ${word}` : `${planned.chosen}, ${word}${words.colon}${reason}`;
}
