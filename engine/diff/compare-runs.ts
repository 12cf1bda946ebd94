import { type Ignoring, ignoring } from "../compare/index.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { Finding } from "../model/finding.ts";
import { authorFreedom } from "./author-freedom.ts";
import { compareAnswers, ignoredIn } from "./compare-answers.ts";
import { compareFacts } from "./compare-facts.ts";
import { compareFigures } from "./compare-figures.ts";
import { compareSources, sourceDiffers } from "./compare-sources.ts";
import { compareSteps } from "./compare-steps.ts";
import type { AnswerDifference, FigureDifference, RunDifference, Side } from "./difference.ts";
import { type RecordedRun, recordedRun } from "./recorded-run.ts";

/** A run that was opened, and what an audit of it found broken. */
export interface ComparedRun {
  readonly record: RunRecord;
  readonly damage: readonly Finding[];
}

export interface DiffOptions {
  /** Names of the rules that hold. */
  readonly rules: ReadonlySet<string>;
  readonly patterns: readonly { readonly name: string; readonly pattern: RegExp }[];
  /** JSONPaths of values that are left out. */
  readonly paths: readonly string[];
  /** Share of a picture's pixels that may differ, and how far two colours may be apart: 0 to 1 both. */
  readonly tolerance: number;
  readonly threshold: number;
  readonly signal: AbortSignal;
  /** Of the older run the last answer counts, also one that was asked for by another step. */
  readonly latest?: boolean | undefined;
}

/** Compares two runs from their folders alone. Throws DIFF_NO_RUN where there is nothing to compare; what is damaged is told, not thrown. */
export async function compareRuns(
  older: ComparedRun,
  newer: ComparedRun,
  options: DiffOptions,
): Promise<RunDifference> {
  const [before, after] = [recordedRun(older.record, { latest: options.latest }), recordedRun(newer.record)];
  const ignoringOf = await ignoringByStep(before, after, options);
  const plain = ignoring({ rules: options.rules, patterns: options.patterns });
  const facts = compareFacts(before, after, plain);
  const sources = await compareSources(before, after, plain);
  const steps = compareSteps(before, after, ignoringOf);
  const answers: AnswerDifference[] = [];
  const common = commonSteps(before, after);
  let count = 0;
  for (const step of common) {
    options.signal.throwIfAborted();
    const compared = await compareAnswers(step, before, after, { ignoring: ignoringOf(step), paths: options.paths });
    for (const difference of compared.differences) answers.push(difference);
    count += compared.count;
  }
  const figures = await compareFigures(before, after, answers, options);
  const different =
    older.damage.length + newer.damage.length + steps.length > 0 ||
    facts.some(({ counts }) => counts) ||
    sources.some(sourceDiffers) ||
    answers.some(({ differs }) => differs) ||
    figures.some(figureDiffers);
  return {
    before: sideOf(before, older.damage),
    after: sideOf(after, newer.damage),
    facts,
    sources,
    steps,
    answers,
    figures,
    compared: {
      steps: common.length,
      answers: count,
      figures: figures.length,
      ignored: answers.reduce((sum, answer) => sum + ignoredIn(answer), 0),
    },
    different,
  };
}

/** Whether a figure differs beyond the tolerance, or could not be compared. */
export function figureDiffers({ status }: FigureDifference): boolean {
  return status !== "same" && status !== "within";
}

/** Rules for each step: the general ones, and what the author of either run's runbook leaves open. */
async function ignoringByStep(
  before: RecordedRun,
  after: RecordedRun,
  { rules, patterns }: DiffOptions,
): Promise<(step: string) => Ignoring> {
  const [old, now] = [await authorFreedom(before), await authorFreedom(after)];
  const known = new Map<string, Ignoring>();
  return (step) => {
    const made =
      known.get(step) ??
      ignoring({
        rules,
        patterns: [...patterns, ...now(step).patterns, ...old(step).patterns],
        wholeLine: now(step).wholeLine,
      });
    known.set(step, made);
    return made;
  };
}

function commonSteps(before: RecordedRun, after: RecordedRun): readonly string[] {
  const old = new Set(before.started.steps.map(({ step }) => step));
  return after.started.steps.map(({ step }) => step).filter((step) => old.has(step));
}

function sideOf({ record, started, finishedAt }: RecordedRun, damage: readonly Finding[]): Side {
  return { run: record.run, startedAt: started.at, finishedAt: finishedAt ?? null, damage };
}
