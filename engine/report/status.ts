import { exhaustive } from "../base/exhaustive.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Language, Status } from "../model/report.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

/** An outcome in the words of the report; undefined is a step that never ended. */
export function toStatus(outcome: Outcome | undefined, language: Language): Status {
  const words = wordsOf(language);
  const set = (text: string) => typeset(text, language, "title");
  if (outcome === undefined) return { status: "pending", word: words.pending, reason: "", hint: "" };
  const { status } = outcome;
  switch (status) {
    case "passed":
      return { status, word: words.passed, reason: "", hint: "" };
    case "failed":
    case "blocked":
      return { status, word: words[status], reason: set(outcome.reason), hint: "" };
    case "errored":
      return { status, word: words.errored, reason: set(`${outcome.reason} (${outcome.code})`), hint: set(outcome.hint) };
    case "skipped":
      return { status, word: words[SKIPPED[outcome.because]], reason: set(outcome.reason), hint: "" };
    default:
      return exhaustive(status);
  }
}

const SKIPPED = {
  satisfied: "skippedSatisfied",
  "not-chosen": "skippedNotChosen",
  deselected: "skippedDeselected",
  declined: "skippedDeclined",
} as const;
