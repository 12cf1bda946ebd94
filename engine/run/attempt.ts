import { isProblem } from "../base/problem.ts";
import type { KindResult, Task } from "../kinds/kind.ts";
import type { Artefact, Figure, Purpose } from "../model/event.ts";
import { LOCAL } from "../model/inventory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { Values } from "../model/values.ts";
import { valuesFor } from "../plan/index.ts";
import type { RunContext, RunState } from "./context.ts";
import { durationWords } from "./duration-words.ts";
import { missingValue } from "./missing-value.ts";
import { openRecorder } from "./recorder.ts";
import { whereNobodyAnswers } from "./unreachable.ts";

/** One execution of one step on one target, and why it is made. */
export interface AttemptRequest {
  readonly step: Step;
  readonly target: string;
  readonly purpose: Purpose;
  readonly onBehalfOf: string | null;
}

export interface AttemptResult {
  readonly number: number;
  readonly target: string;
  readonly outcome: Outcome;
  readonly figure: Figure | null;
  readonly artefacts: readonly Artefact[];
}

/** Runs a block once, with its time limit, and journals what came of it. Never throws for what a machine did. */
export async function runAttempt(
  request: AttemptRequest,
  context: RunContext,
  state: RunState,
): Promise<AttemptResult> {
  const { step, target } = request;
  const number = state.nextAttempt();
  const kind = context.kinds[step.block.kind];
  const values = valuesFor(context.plan, context.inventory, target, state.saved.seenBy(target));
  await context.emit({
    type: "attempt-started",
    attempt: number,
    step: step.id,
    target,
    purpose: request.purpose,
    onBehalfOf: request.onBehalfOf,
    sent: context.redactor.text(kind.describe(step.block, values)).text,
  });
  const begun = context.clock.monotonic();
  const recorder = await openRecorder(context, step, target, number);
  const limit = AbortSignal.timeout(step.block.settings.timeout);
  const signal = AbortSignal.any([context.signal, limit]);
  const wanted = request.purpose === "run" && step.fills !== undefined;
  const missing = missingValue(step, context.plan, values);
  const result = await settle(
    () => missing ?? kind.execute(taskOf(step, target, values, signal, wanted, context), context.ports, recorder),
    { limit, limitMs: step.block.settings.timeout, interrupted: context.signal },
  ).then((settled) => whereNobodyAnswers(step.block, settled));
  const kept = await recorder.close();
  if (result.outcome.status === "passed") state.saved.save(target, result.saved);
  await context.emit({
    type: "attempt-finished",
    attempt: number,
    step: step.id,
    target,
    outcome: result.outcome,
    durationMs: Math.round(context.clock.monotonic() - begun),
    answer: result.answer,
    artefacts: kept.artefacts,
    figure: result.figure,
    saved: maskAll(result.saved, context),
    redactions: kept.redactions,
  });
  return { number, target, outcome: result.outcome, figure: result.figure, artefacts: kept.artefacts };
}

function taskOf(
  step: Step,
  target: string,
  values: Values,
  signal: AbortSignal,
  figure: boolean,
  context: RunContext,
): Task {
  const node = context.inventory.nodes.find((candidate) => candidate.name === target);
  return {
    block: step.block,
    target: target === LOCAL || node === undefined ? { type: "local" } : { type: "node", node },
    values,
    inventory: context.inventory,
    secret: (name) => context.secret(name),
    signal,
    figure,
  };
}

interface Limits {
  readonly limit: AbortSignal;
  readonly limitMs: number;
  readonly interrupted: AbortSignal;
}

/** Turns what was thrown, and an end by time limit or interruption, into outcomes. A defect of ours goes on up. */
async function settle(execute: () => Promise<KindResult> | KindResult, limits: Limits): Promise<KindResult> {
  try {
    const result = await execute();
    if (result.outcome.status === "passed") return result;
    if (limits.interrupted.aborted) return { ...result, outcome: interrupted() };
    if (limits.limit.aborted) return { ...result, outcome: tooSlow(limits.limitMs, result.outcome) };
    return result;
  } catch (error) {
    if (limits.interrupted.aborted) return nothing(interrupted());
    if (limits.limit.aborted) return nothing(tooSlow(limits.limitMs, undefined));
    if (!isProblem(error)) throw error;
    return nothing({ status: "errored", code: error.code, reason: error.message, hint: error.hint ?? "" });
  }
}

function nothing(outcome: Outcome): KindResult {
  return { outcome, answer: "", saved: {}, figure: null };
}

function interrupted(): Outcome {
  return {
    status: "errored",
    code: "INTERRUPTED",
    reason: "L’exécution a été interrompue pendant cette étape.",
    hint: "Relancez l’exécution : les gardes sauteront ce qui est déjà fait.",
  };
}

function tooSlow(limitMs: number, seen: Outcome | undefined): Outcome {
  const judgements = seen?.status === "failed" ? seen.judgements : [];
  return { status: "failed", reason: `Délai de ${durationWords(limitMs)} dépassé ; le bloc a été arrêté.`, judgements };
}

function maskAll(saved: Readonly<Record<string, string>>, context: RunContext): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(saved).map(([name, value]) => [name, context.redactor.text(value).text]));
}
