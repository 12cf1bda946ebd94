import { blankOut, compareJson, compareTexts, type Ignoring } from "../compare/index.ts";
import type { AnswerDifference, Compared } from "./difference.ts";
import { type Answer, type AnswerContent, answersOf } from "./read-answers.ts";
import type { RecordedRun } from "./recorded-run.ts";

export interface ComparedAnswers {
  /** Those that are not the same to the byte. */
  readonly differences: readonly AnswerDifference[];
  readonly count: number;
}

export interface AnswerOptions {
  readonly ignoring: Ignoring;
  /** JSONPaths whose values are left out everywhere. */
  readonly paths: readonly string[];
}

/** What a step brought back in both runs, target by target. A target that only one run asked is told by its answer alone. */
export async function compareAnswers(
  step: string,
  before: RecordedRun,
  after: RecordedRun,
  options: AnswerOptions,
): Promise<ComparedAnswers> {
  const differences: AnswerDifference[] = [];
  let count = 0;
  for (const target of new Set([...after.targets(step), ...before.targets(step)])) {
    const [old, now] = [before.attempt(step, target), after.attempt(step, target)];
    const left = new Map((old === undefined ? [] : answersOf(before, old)).map((answer) => [answer.role, answer]));
    const right = new Map((now === undefined ? [] : answersOf(after, now)).map((answer) => [answer.role, answer]));
    for (const role of new Set([...right.keys(), ...left.keys()])) {
      count += 1;
      const [one, other] = [left.get(role), right.get(role)];
      if (one !== undefined && one.digest === other?.digest) continue;
      const compared = await compareOne(one, other, options);
      differences.push({ step, target, role, compared, differs: differs(compared) });
    }
  }
  return { differences, count };
}

async function compareOne(
  one: Answer | undefined,
  other: Answer | undefined,
  { ignoring, paths }: AnswerOptions,
): Promise<Compared> {
  const [before, after] = [await one?.read(), await other?.read()];
  if (before?.type === "lost") return { type: "uncompared", reason: `ancienne : ${before.reason}` };
  if (after?.type === "lost") return { type: "uncompared", reason: `nouvelle : ${after.reason}` };
  if (before === undefined || after === undefined) {
    const side = after === undefined ? "before" : "after";
    return { type: "only", side, lines: linesOf(before ?? after) };
  }
  if (before.type === "data" && after.type === "data") {
    try {
      const [old, now] = [blankOut(before.value, paths), blankOut(after.value, paths)];
      return { type: "data", changes: compareJson(old, now, ignoring) };
    } catch (error) {
      // Nested beyond all measure: the stack is the limit.
      if (!(error instanceof RangeError)) throw error;
      return { type: "uncompared", reason: "données imbriquées au-delà de toute mesure" };
    }
  }
  return { type: "text", difference: compareTexts(linesOf(before), linesOf(after), ignoring) };
}

function linesOf(content: AnswerContent | undefined): readonly string[] {
  if (content === undefined || content.type === "lost") return [];
  return content.type === "text" ? content.lines : JSON.stringify(content.value, undefined, 1).split("\n");
}

function differs(compared: Compared): boolean {
  switch (compared.type) {
    case "text":
      return compared.difference.added + compared.difference.removed > 0;
    case "data":
      return compared.changes.some(({ rule }) => rule === undefined);
    case "uncompared":
      return true;
    case "only":
      return compared.lines.length > 0;
  }
}

/** How many lines or values differ only in what the rules leave out. */
export function ignoredIn({ compared }: AnswerDifference): number {
  if (compared.type === "text") return compared.difference.ignored;
  return compared.type === "data" ? compared.changes.filter(({ rule }) => rule !== undefined).length : 0;
}
