import { exhaustive } from "../base/exhaustive.ts";
import { compareTexts } from "../compare/index.ts";
import type { Language } from "../model/report.ts";
import type { ShownDecision } from "../model/report-body.ts";
import { decisionWords } from "./decision-words.ts";
import type { RunFacts } from "./run-facts.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

/** What a person decided of a step beside letting it run as it is written, and what was kept of it when the run was resumed; in order. */
export function decisionsOf(facts: RunFacts, step: string, language: Language): readonly ShownDecision[] {
  const words = decisionWords(language);
  const { colon } = wordsOf(language);
  const shown = facts.decisions.flatMap(({ step: own, at, by, choice }): readonly ShownDecision[] => {
    if (own !== step) return [];
    const who = `${by.user}@${by.host}`;
    const say = (text: string, reason = ""): readonly ShownDecision[] => [
      { at, by: who, text: typeset(reason === "" ? text : `${text}${colon}${reason}`, language, "title"), changes: [] },
    ];
    switch (choice.what) {
      case "edited":
        return say(words.edited, choice.reason).map((each) => ({ ...each, changes: changesOf(choice) }));
      case "skipped":
        return say(words.skipped, choice.reason);
      case "jumped":
        return say(`${words.jumped} #${choice.to}`, choice.reason);
      case "confirmed":
      case "declined":
        return say(words[choice.what], choice.question);
      case "retried":
      case "continued":
      case "interrupted":
        return say(words[choice.what]);
      // Where the run stood when it was let go or left is no matter of the step.
      case "run":
      case "run-until":
      case "run-rest":
      case "paused":
      case "stopped":
        return [];
      default:
        return exhaustive(choice);
    }
  });
  const kept = facts.kept.flatMap(({ step: own, at, because, reason }): readonly ShownDecision[] =>
    own === step
      ? [{ at, by: "", text: typeset(`${words[because]}${colon}${reason}`, language, "title"), changes: [] }]
      : [],
  );
  return [...shown, ...kept].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Why a step deviates although it passed: something else than the runbook's text was sent. Empty when it was not. */
export function editedBecause(facts: RunFacts, step: string, language: Language): string {
  const edits = facts.decisions.flatMap(({ step: own, by, choice }) =>
    own === step && choice.what === "edited" ? [`${by.user}@${by.host}${wordsOf(language).colon}${choice.reason}`] : [],
  );
  return edits.length === 0
    ? ""
    : typeset(`${decisionWords(language).edited} – ${edits.join(" ; ")}`, language, "title");
}

function changesOf({ before, after }: { readonly before: string; readonly after: string }): ShownDecision["changes"] {
  const { lines } = compareTexts(before.split("\n"), after.split("\n"), { neutral: (line) => line });
  return lines.flatMap(({ mark, text }) => (mark === "~" ? [] : [{ mark, text }]));
}
