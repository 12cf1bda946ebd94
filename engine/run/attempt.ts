import type { Lasting, Task } from "../kinds/kind.ts";
import type { Artefact, Figure, Purpose } from "../model/event.ts";
import { LOCAL } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { Values } from "../model/values.ts";
import { valuesFor } from "../plan/index.ts";
import type { RunContext, RunState } from "./context.ts";
import { journalFirstContacts } from "./first-contacts.ts";
import { maskResult } from "./mask-result.ts";
import { maskRules } from "./mask-rules.ts";
import { missingValue } from "./missing-value.ts";
import { addCounts, openRecorder } from "./recorder.ts";
import { settle, without } from "./settle.ts";
import { timeLimit } from "./time-limit.ts";
import { whereNobodyAnswers } from "./unreachable.ts";

/** Longest that a check may look once a step has failed: what is slow then holds nothing up. */
const HURRIED_MS = 20_000;

/** One execution of one step on one target, and why it is made. */
export interface AttemptRequest {
  readonly step: Step;
  readonly target: string;
  readonly purpose: Purpose;
  readonly onBehalfOf: string | null;
  /** What is left of a poll's time, in milliseconds; the block's own `timeout` holds as well. */
  readonly withinMs?: number | undefined;
  readonly lasting?: Lasting | undefined;
}

export interface AttemptResult {
  readonly number: number;
  readonly target: string;
  readonly outcome: Outcome;
  readonly figure: Figure | null;
  readonly shots: Readonly<Record<string, Figure>>;
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
  const covered: Record<string, number> = {};
  const mask = (text: string): string => {
    const masked = context.redactor.text(text, rules);
    addCounts(covered, masked.counts);
    return masked.text;
  };
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
  const patience = step.block.settings.timeout + (kind.patience?.(step.block, values) ?? 0);
  const hurry = looksOnly(request, kind.needs(step.block), state) ? HURRIED_MS : Number.POSITIVE_INFINITY;
  const limit = timeLimit(
    Math.min(patience, hurry, request.withinMs ?? Number.POSITIVE_INFINITY),
    request.lasting?.over,
  );
  const signal = AbortSignal.any([context.signal, limit.signal]);
  const wanted = request.purpose === "run" && step.fills !== undefined;
  const missing = missingValue(step, context.plan, context.inventory, values, context.elsewhere?.savedBy);
  if (kind.lasts !== true) request.lasting?.ready();
  const result = await settle(
    () =>
      refused === undefined
        ? (missing ?? kind.execute(taskOf(request, values, signal, wanted, context, state), context.ports, recorder))
        : without(refused),
    {
      limit: limit.signal,
      limitMs: limit.ms,
      interrupted: context.signal,
      clock: context.clock,
      defect: (text) => recorder.progress(text),
    },
  ).then((settled) => whereNobodyAnswers(step.block, settled));
  limit.release();
  const kept = await recorder.close();
  addCounts(covered, kept.redactions);
  const masked = maskResult(result, mask);
  if (result.outcome.status === "passed") {
    state.saved.save(target, result.saved);
    // What is covered here stays covered wherever a later block uses it.
    for (const [name, value] of Object.entries(result.saved))
      if (masked.saved[name] !== value) context.redactor.add(value, name);
  }
  await journalFirstContacts(context);
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
    redactions: covered,
  });
  const { outcome, figure, shots = {} } = masked;
  return { number, target, outcome, figure, shots, artefacts: kept.artefacts };
}

/** A check after a failure; people and what accompanies an action are waited for as ever. */
function looksOnly({ step, lasting }: AttemptRequest, needs: readonly Need[], { stoppedBy }: RunState): boolean {
  return stoppedBy !== undefined && step.block.role === "check" && lasting === undefined && !needs.includes("operator");
}

function taskOf(
  { step, target, lasting }: AttemptRequest,
  values: Values,
  signal: AbortSignal,
  figure: boolean,
  context: RunContext,
  { stoppedBy }: RunState,
): Task {
  const node = context.inventory.nodes.find((candidate) => candidate.name === target);
  return {
    block: step.block,
    target: target === LOCAL || node === undefined ? { type: "local" } : { type: "node", node },
    values,
    inventory: context.inventory,
    lasting,
    secret: (name) => context.secret(name, signal),
    signal,
    hurried: stoppedBy !== undefined,
    figure,
  };
}
