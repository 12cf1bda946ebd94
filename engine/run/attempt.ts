import type { Task } from "../kinds/kind.ts";
import type { Artefact, Figure, Purpose } from "../model/event.ts";
import { LOCAL } from "../model/inventory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { Values } from "../model/values.ts";
import { valuesFor } from "../plan/index.ts";
import type { RunContext, RunState } from "./context.ts";
import { maskResult } from "./mask-result.ts";
import { maskRules } from "./mask-rules.ts";
import { missingValue } from "./missing-value.ts";
import { openRecorder } from "./recorder.ts";
import { settle, without } from "./settle.ts";
import { whereNobodyAnswers } from "./unreachable.ts";

/** One execution of one step on one target, and why it is made. */
export interface AttemptRequest {
  readonly step: Step;
  readonly target: string;
  readonly purpose: Purpose;
  readonly onBehalfOf: string | null;
  /** What is left of a poll's time, in milliseconds; the block's own `timeout` holds as well. */
  readonly withinMs?: number | undefined;
}

export interface AttemptResult {
  readonly number: number;
  readonly target: string;
  readonly outcome: Outcome;
  readonly figure: Figure | null;
  readonly artefacts: readonly Artefact[];
}

/** Runs a block once, with its time limit, and journals what came of it. Throws only when evidence cannot be written. */
export async function runAttempt(
  request: AttemptRequest,
  context: RunContext,
  state: RunState,
): Promise<AttemptResult> {
  const { step, target } = request;
  const number = state.nextAttempt();
  const kind = context.kinds[step.block.kind];
  const values = valuesFor(context.plan, context.inventory, target, state.saved.seenBy(target));
  const { rules, refused } = maskRules(step);
  const mask = (text: string): string => context.redactor.text(text, rules).text;
  await context.emit({
    type: "attempt-started",
    attempt: number,
    step: step.id,
    target,
    purpose: request.purpose,
    onBehalfOf: request.onBehalfOf,
    sent: mask(kind.describe(step.block, values)),
  });
  const begun = context.clock.monotonic();
  const recorder = await openRecorder(context, { step: step.id, target, attempt: number, rules });
  const limitMs = Math.min(step.block.settings.timeout, request.withinMs ?? Number.POSITIVE_INFINITY);
  const limit = AbortSignal.timeout(Math.max(1, Math.ceil(limitMs)));
  const signal = AbortSignal.any([context.signal, limit]);
  const wanted = request.purpose === "run" && step.fills !== undefined;
  const missing = missingValue(step, context.plan, context.inventory, values);
  const result = await settle(
    () =>
      refused === undefined
        ? (missing ?? kind.execute(taskOf(step, target, values, signal, wanted, context), context.ports, recorder))
        : without(refused),
    {
      limit,
      limitMs,
      interrupted: context.signal,
      clock: context.clock,
      defect: (text) => recorder.progress(text),
    },
  ).then((settled) => whereNobodyAnswers(step.block, settled));
  const kept = await recorder.close();
  const masked = maskResult(result, mask);
  if (result.outcome.status === "passed") {
    state.saved.save(target, result.saved);
    // What is covered here stays covered wherever a later block uses it.
    for (const [name, value] of Object.entries(result.saved))
      if (masked.saved[name] !== value) context.redactor.add(value, name);
  }
  await context.emit({
    type: "attempt-finished",
    attempt: number,
    step: step.id,
    target,
    outcome: masked.outcome,
    durationMs: Math.round(context.clock.monotonic() - begun),
    answer: masked.answer,
    artefacts: kept.artefacts,
    figure: masked.figure,
    saved: masked.saved,
    redactions: kept.redactions,
  });
  return { number, target, outcome: masked.outcome, figure: masked.figure, artefacts: kept.artefacts };
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
    secret: (name) => context.secret(name, signal),
    signal,
    figure,
  };
}
