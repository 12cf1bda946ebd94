import type { CompletenessRow, Deviation, Verdict } from "../model/report.ts";
import type { ExecutedBlock } from "../model/report-body.ts";
import type { JudgedWaiver, Waiver } from "../model/waiver.ts";
import { type JudgedSubject, judgeWaivers, waiverFor } from "../settings/index.ts";

/** What is judged, and what may accept it. */
export interface Judged {
  readonly blocks: readonly ExecutedBlock[];
  readonly completeness: readonly CompletenessRow[];
  /** Requirements that are declared and that no block names; empty where chapters are out of scope. */
  readonly uncovered: readonly { readonly id: string; readonly reason: string; readonly anchor: string }[];
  readonly waivers: readonly Waiver[];
  /** The day on which the run ended: a waiver that was in force then counts, whenever the report is made. */
  readonly day: string;
}

/** What keeps the run from conforming (steps that were to pass and did not, missing figures, requirements nobody proves), and each waiver. */
export function deviationsOf(judged: Judged): {
  readonly deviations: readonly Deviation[];
  readonly waivers: readonly JudgedWaiver[];
} {
  const { blocks, completeness, uncovered, waivers, day } = judged;
  const requirements = new Map(blocks.map((block) => [block.step, block.requirements]));
  const all = [
    ...blocks.map((block) => ({
      deviates: block.status.deviates || block.edited !== "",
      subject: ofStep(block),
      deviation: stepDeviation(block),
    })),
    ...completeness.map((row) => ({
      deviates: !row.filled,
      subject: ofFigure(row, requirements.get(row.step ?? "") ?? []),
      deviation: figureDeviation(row),
    })),
    ...uncovered.map((each) => ({
      deviates: true,
      subject: ofRequirement(each.id),
      deviation: requirementDeviation(each),
    })),
  ];
  const deviating = all.filter(({ deviates }) => deviates);
  return {
    deviations: deviating.map(({ subject, deviation }) => ({
      ...deviation,
      waiver: waiverFor(subject, waivers, day) ?? null,
    })),
    waivers: judgeWaivers(
      waivers,
      day,
      deviating.map(({ subject }) => subject),
      all.map(({ subject }) => subject),
      false,
    ),
  };
}

/** Conforming: every check passed and nothing is missing. With reservations: all that deviates is waived. */
export function verdictOf(finished: boolean, deviations: readonly Deviation[]): Verdict {
  if (!finished) return "draft";
  if (deviations.length === 0) return "conforming";
  return deviations.every((deviation) => deviation.waiver !== null) ? "conforming-with-reservations" : "non-conforming";
}

function stepDeviation({ step, anchor, status, edited }: ExecutedBlock): Deviation {
  const told = status.deviates ? [status.word, status.reason, edited] : [edited];
  const reason = told.filter((text) => text !== "").join(" – ");
  return { subject: "step", name: step, reason, anchor, waiver: null };
}

function figureDeviation({ caption, reason, anchor }: CompletenessRow): Deviation {
  return { subject: "placeholder", name: caption, reason, anchor, waiver: null };
}

function requirementDeviation({ id, reason, anchor }: Judged["uncovered"][number]): Deviation {
  return { subject: "requirement", name: id, reason, anchor, waiver: null };
}

function ofStep({ step, requirements }: ExecutedBlock): JudgedSubject {
  return { name: `#${step}`, step, figures: [], requirements, finding: null };
}

/** A waived step is not asked for its figure any more. */
function ofFigure({ placeholder, caption, step }: CompletenessRow, requirements: readonly string[]): JudgedSubject {
  return { name: caption, step, figures: [placeholder, caption], requirements, finding: null };
}

function ofRequirement(id: string): JudgedSubject {
  return { name: id, step: null, figures: [], requirements: [id], finding: null };
}
