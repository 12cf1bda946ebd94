import { exhaustive } from "../base/exhaustive.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Language } from "../model/report.ts";
import type { Status } from "../model/report-body.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

/** An outcome in the words of the report; undefined is a step that never ended. */
export function toStatus(outcome: Outcome | undefined, language: Language): Status {
  const words = wordsOf(language);
  const set = (text: string) => typeset(text, language, "title");
  if (outcome === undefined) return { status: "pending", word: words.pending, reason: "", hint: "", deviates: true };
  switch (outcome.status) {
    case "passed":
      return { status: "passed", word: words.passed, reason: "", hint: "", deviates: false };
    case "failed":
    case "blocked":
      return {
        status: outcome.status,
        word: words[outcome.status],
        reason: set(outcome.reason),
        hint: "",
        deviates: true,
      };
    case "errored": {
      const reason = set(`${outcome.reason} (${outcome.code})`);
      return { status: "errored", word: words.errored, reason, hint: set(outcome.hint), deviates: true };
    }
    case "skipped": {
      const deviates = outcome.because === "deselected" || outcome.because === "declined";
      return {
        status: "skipped",
        word: words[SKIPPED[outcome.because]],
        reason: set(outcome.reason),
        hint: "",
        deviates,
      };
    }
    default:
      return exhaustive(outcome);
  }
}

const SKIPPED = {
  satisfied: "skippedSatisfied",
  "not-chosen": "skippedNotChosen",
  deselected: "skippedDeselected",
  declined: "skippedDeclined",
} as const;
