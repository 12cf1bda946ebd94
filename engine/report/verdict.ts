import type { CompletenessRow, Deviation, Verdict } from "../model/report.ts";
import type { ExecutedBlock } from "../model/report-body.ts";

/** What keeps the run from conforming: steps that were to pass and did not, placeholders without a figure. */
export function deviationsOf(
  blocks: readonly ExecutedBlock[],
  completeness: readonly CompletenessRow[],
): readonly Deviation[] {
  const steps = blocks.filter((block) => block.status.deviates).map(toDeviation);
  const captures = completeness
    .filter((row) => !row.filled)
    .map(
      ({ caption, reason, anchor }): Deviation => ({
        subject: "placeholder",
        name: caption,
        reason,
        anchor,
        waiver: null,
      }),
    );
  return [...steps, ...captures];
}

/** Conforming: every check passed and nothing is missing. With reservations: all that deviates is waived. */
export function verdictOf(finished: boolean, deviations: readonly Deviation[]): Verdict {
  if (!finished) return "draft";
  if (deviations.length === 0) return "conforming";
  return deviations.every((deviation) => deviation.waiver !== null) ? "conforming-with-reservations" : "non-conforming";
}

function toDeviation({ step, anchor, status }: ExecutedBlock): Deviation {
  const reason = status.reason === "" ? status.word : `${status.word} – ${status.reason}`;
  return { subject: "step", name: step, reason, anchor, waiver: null };
}
