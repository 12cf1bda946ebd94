import { exhaustive } from "../base/exhaustive.ts";
import type { CompletenessRow } from "../model/report.ts";
import type { Chapter, Content, Figure } from "../model/report-body.ts";
import type { Runbook } from "../model/runbook.ts";
import type { Filling } from "./figures.ts";
import type { RunFacts } from "./run-facts.ts";

/** Each placeholder in scope: which block and attempts fill it, or why none does. */
export function completenessOf(
  facts: RunFacts,
  runbooks: readonly Runbook[],
  fillings: ReadonlyMap<string, Filling>,
): readonly CompletenessRow[] {
  return runbooks.flatMap((runbook) =>
    runbook.placeholders.flatMap((placeholder) => {
      const filling = fillings.get(placeholder.id);
      return filling === undefined ? [] : [toRow(facts, placeholder.id, runbook.chapter, filling)];
    }),
  );
}

function toRow(facts: RunFacts, placeholder: string, chapter: number, filling: Filling): CompletenessRow {
  switch (filling.type) {
    case "figure": {
      const fill = facts.fills.get(placeholder);
      const attempts = fill?.type === "placeholder-filled" ? fill.attempts : [];
      const { caption, anchor, number, step, reused, given } = filling.figure;
      const from = { reusedFrom: reused?.run ?? null, givenBy: given?.by ?? null };
      const common = { placeholder, caption, chapter, anchor, attempts, reason: "", ...from };
      return { ...common, filled: true, figure: number, step: step === "" ? null : step };
    }
    case "gap": {
      const { caption, anchor, reason } = filling.gap;
      const step = facts.started.placeholders.find(({ id }) => id === placeholder)?.chosen ?? null;
      const from = { reusedFrom: null, givenBy: null };
      const common = { placeholder, caption, chapter, anchor, attempts: [], reason, ...from };
      return { ...common, filled: false, figure: null, step };
    }
    default:
      return exhaustive(filling);
  }
}

/** All figures in the order of the report. */
export function figuresOf(chapters: readonly Chapter[]): readonly Figure[] {
  return chapters
    .flatMap((chapter): readonly Content[] => [
      ...chapter.introduction,
      ...chapter.sections.flatMap((section) => section.content),
    ])
    .flatMap((content) => (content.type === "figure" ? [content.figure] : []));
}
