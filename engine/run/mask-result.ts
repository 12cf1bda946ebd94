import type { KindResult } from "../kinds/kind.ts";
import type { Figure } from "../model/event.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Outcome } from "../model/outcome.ts";

/** Covers secrets in every text of a result that a machine may have had a say in. Digests and paths stay as they are. */
export function maskResult(result: KindResult, mask: (text: string) => string): KindResult {
  return {
    outcome: maskOutcome(result.outcome, mask),
    answer: mask(result.answer),
    saved: Object.fromEntries(Object.entries(result.saved).map(([name, value]) => [name, mask(value)])),
    figure: result.figure === null ? null : maskFigure(result.figure, mask),
  };
}

/** The same for an outcome alone. */
export function maskOutcome(outcome: Outcome, mask: (text: string) => string): Outcome {
  switch (outcome.status) {
    case "passed":
      return { ...outcome, judgements: maskJudgements(outcome.judgements, mask) };
    case "failed":
      return { ...outcome, reason: mask(outcome.reason), judgements: maskJudgements(outcome.judgements, mask) };
    case "errored":
      return { ...outcome, reason: mask(outcome.reason), hint: mask(outcome.hint) };
    case "skipped":
    case "blocked":
      return { ...outcome, reason: mask(outcome.reason) };
  }
}

function maskJudgements(judgements: readonly Judgement[], mask: (text: string) => string): readonly Judgement[] {
  return judgements.map(({ ok, expected, obtained }) => ({ ok, expected: mask(expected), obtained: mask(obtained) }));
}

function maskFigure(figure: Figure, mask: (text: string) => string): Figure {
  if (figure.type === "terminal") return figure;
  const { url, alternative, judgements } = figure;
  return {
    ...figure,
    url: mask(url),
    alternative: mask(alternative),
    judgements: maskJudgements(judgements, mask),
  };
}
