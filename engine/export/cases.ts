import type { Report } from "../model/report.ts";
import type { ExecutedBlock } from "../model/report-body.ts";

/** What other tools know of a test. */
export type CaseStatus = "passed" | "failed" | "errored" | "skipped" | "pending" | "waived";

/** A step, or a figure that the report must have, as a test of a suite. */
export interface Case {
  readonly id: string;
  readonly what: "step" | "figure";
  readonly name: string;
  /** The chapter. */
  readonly suite: string;
  readonly status: CaseStatus;
  /** Why it did not pass, or why it is accepted; empty when it passed. */
  readonly reason: string;
  readonly waiver: string | null;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly requirements: readonly string[];
  readonly targets: readonly string[];
  readonly file: string;
  /** Attempts that did not count, before the one that did. */
  readonly retries: number;
}

/** Every step and every figure in scope, in the order of the report. */
export function casesOf(report: Report): readonly Case[] {
  const chapters = new Map(report.chapters.map((chapter) => [chapter.number, chapter]));
  const suiteOf = (number: number) => chapters.get(number)?.title ?? String(number);
  const fileOf = (number: number) => chapters.get(number)?.file ?? "";
  const steps = report.chapters.flatMap((chapter) =>
    [...chapter.introduction, ...chapter.sections.flatMap(({ content }) => content)].flatMap((content) =>
      content.type === "block" ? [stepCase(report, content.block, chapter.title, chapter.file)] : [],
    ),
  );
  const figures = report.completeness.map((row): Case => {
    const waiver = waiverOf(report, "placeholder", row.caption);
    return {
      id: row.placeholder,
      what: "figure",
      name: row.caption,
      suite: suiteOf(row.chapter),
      status: row.filled ? "passed" : waiver === null ? "failed" : "waived",
      reason: row.reason,
      waiver,
      startedAt: report.run.endedAt,
      durationMs: 0,
      requirements: report.blocks.find(({ step }) => step === row.step)?.requirements ?? [],
      targets: [],
      file: fileOf(row.chapter),
      retries: 0,
    };
  });
  return [...steps, ...figures];
}

function stepCase(report: Report, block: ExecutedBlock, suite: string, file: string): Case {
  const { step, status, edited, requirements, targets } = block;
  const attempts = report.attempts.filter((attempt) => attempt.step === step && attempt.purpose === "run");
  const waiver = waiverOf(report, "step", step);
  return {
    id: step,
    what: "step",
    name: step,
    suite,
    status: waiver === null ? statusOf(block) : "waived",
    reason:
      status.status === "passed"
        ? edited
        : [status.word, status.reason, status.hint, edited].filter((text) => text !== "").join(" – "),
    waiver,
    startedAt: attempts[0]?.at ?? report.run.startedAt,
    durationMs: Math.round(attempts.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0)),
    requirements,
    targets,
    file,
    retries: attempts.filter(({ retained }) => !retained).length,
  };
}

function statusOf({ status: { status, deviates }, edited }: ExecutedBlock): CaseStatus {
  switch (status) {
    // Something else was sent than the runbook says: for the report it is a deviation.
    case "passed":
      return edited === "" ? "passed" : "failed";
    case "failed":
    case "errored":
    case "pending":
      return status;
    case "blocked":
      return "pending";
    case "skipped":
      return deviates ? "pending" : "skipped";
  }
}

function waiverOf(report: Report, subject: "step" | "placeholder", name: string): string | null {
  const waiver = report.deviations.find((each) => each.subject === subject && each.name === name)?.waiver;
  return waiver == null ? null : `${waiver.id} : ${waiver.reason} (${waiver.by}, ${waiver.until})`;
}
