import type { Lasting } from "../kinds/kind.ts";
import type { Figure } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { confirmationOf, guardsOf } from "../plan/index.ts";
import { askInstead } from "./ask-instead.ts";
import type { AttemptResult } from "./attempt.ts";
import { nobodyThere, noteAway } from "./away.ts";
import type { RunContext, RunState } from "./context.ts";
import { satisfiedTargets, verifyStep } from "./guard.ts";
import { jointOutcome, sameAnswers } from "./joint-outcome.ts";
import { runUntil } from "./poll.ts";
import { renewController } from "./renew-controller.ts";
import { notePins, renewPins } from "./renew-pins.ts";
import { interrupted } from "./settle.ts";

/** Takes one step from its prerequisites to its outcome, journals it, and returns when all of it is on disk. */
export async function runStep(
  step: Step,
  context: RunContext,
  state: RunState,
  begin: () => Promise<void> = async () => {},
): Promise<Outcome> {
  await context.emit({ type: "step-started", step: step.id });
  const decision = await decide(step, context, state, { begin });
  await finishStep(step, decision, context, state);
  return decision.outcome;
}

/** Journals what became of a step; what it shows fills its placeholders. Returns when all of it is on disk. */
export async function finishStep(
  step: Step,
  { outcome, results }: Decision,
  context: RunContext,
  state: RunState,
): Promise<void> {
  if (outcome.status === "passed") {
    for (const { placeholder, attempts, figure } of fillings(step, results)) {
      state.filled.add(placeholder);
      await context.emit({ type: "placeholder-filled", placeholder, step: step.id, attempts, figure });
    }
  }
  await context.emit({
    type: "step-finished",
    step: step.id,
    outcome,
    retained: Object.fromEntries(results.map(({ target, number }) => [target, number])),
    homogeneous: step.block.kind === "browser" ? null : sameAnswers(results),
  });
  await context.folder.commit();
  state.outcomes.set(step.id, outcome);
  noteAway(step, results, context, state);
  if ((outcome.status === "failed" || outcome.status === "errored") && state.stoppedBy === undefined)
    state.stoppedBy = step.id;
}

/** What became of a step, with the attempts that say so. */
export interface Decision {
  readonly outcome: Outcome;
  readonly results: readonly AttemptResult[];
}

export interface Company {
  /** Called when nothing stands any more between the step and its machines. */
  readonly begin?: (() => Promise<void>) | undefined;
  /** Set for a step that goes on beside others. */
  readonly lasting?: Lasting | undefined;
}

/** Asks guards and the operator, runs the step on its targets, verifies; journals attempts only. */
export async function decide(
  step: Step,
  context: RunContext,
  state: RunState,
  { begin, lasting }: Company,
): Promise<Decision> {
  const refused = leftOut(step) ?? blockedBy(step, context, state);
  if (refused !== undefined) return { outcome: refused, results: [] };

  const guard = await satisfiedTargets(step, context, state);
  if (guard?.errored !== undefined) return { outcome: guard.errored, results: [] };
  const targets = step.targets.filter((target) => !guard?.done.includes(target));
  if (guard !== undefined && targets.length === 0) {
    const reason = `Déjà satisfait : #${guard.check} le confirme, rien n’a été fait.`;
    return { outcome: { status: "skipped", because: "satisfied", reason }, results: [] };
  }

  const question = confirmationOf(step) ?? questionAfterCut(step, context, state);
  if (question !== undefined) {
    const agreed = await context.confirm(step, question, context.signal);
    if (!agreed && !context.signal.aborted) {
      return { outcome: { status: "skipped", because: "declined", reason: "Refusé par l’opérateur." }, results: [] };
    }
  }
  if (context.signal.aborted) return { outcome: interrupted(), results: [] };

  const unknown = await notePins(step, targets, context);
  if (unknown !== undefined) return { outcome: unknown, results: [] };
  await begin?.();
  const results = await Promise.all(
    targets.map((target) => runUntil({ step, target, purpose: "run", onBehalfOf: null, lasting }, context, state)),
  );
  const sent = jointOutcome(results);
  const outcome = (await askInstead(sent, step, results, context, state)) ?? sent;
  if (outcome.status !== "passed") return { outcome, results };
  const renewed = (await renewPins(step, targets, context)) ?? (await renewController(step, targets, context));
  if (renewed !== undefined) return { outcome: renewed, results };
  if (outcome !== sent) return { outcome, results };
  return { outcome: (await verifyStep(step, context, state)) ?? outcome, results };
}

/** Nothing can say what an action did that was cut short and has no guard: doing it again is a person's decision. */
function questionAfterCut(step: Step, context: RunContext, state: RunState): string | undefined {
  const { block } = step;
  if (!state.cut.has(step.id) || block.role !== "action" || block.kind === "manual") return undefined;
  if (block.settings.cleanup === true || guardsOf(step, context.plan).unless.length > 0) return undefined;
  return "Cette action avait été coupée, et ce qu’elle a fait est inconnu. L’exécuter de nouveau ?";
}

function leftOut(step: Step): Outcome | undefined {
  if (step.leftOut === undefined) return undefined;
  return { status: "skipped", because: step.leftOut.because, reason: step.leftOut.text };
}

/** A step waits for what it needs; and after a failure nothing is changed any more, while checks still look. */
function blockedBy(step: Step, context: RunContext, state: RunState): Outcome | undefined {
  // A clean-up runs whatever happened: what it needs only gives it its place.
  if (step.block.settings.cleanup === true) return undefined;
  for (const { id } of guardsOf(step, context.plan).needs) {
    if (state.running.has(id)) continue;
    const outcome = state.outcomes.get(id);
    if (outcome?.status === "passed" || (outcome?.status === "skipped" && outcome.because !== "declined")) continue;
    return { status: "blocked", by: id, reason: `L’étape #${id}, dont celle-ci dépend, n’a pas abouti.` };
  }
  if (step.block.role === "action" && state.stoppedBy !== undefined) {
    const reason = `L’étape #${state.stoppedBy} a échoué : plus rien n’est modifié ensuite.`;
    return { status: "blocked", by: state.stoppedBy, reason };
  }
  return nobodyThere(step, context, state);
}

interface Filling {
  readonly placeholder: string;
  readonly attempts: readonly number[];
  readonly figure: Figure;
}

function fillings(step: Step, results: readonly AttemptResult[]): readonly Filling[] {
  const attempts = results.map(({ number }) => number);
  const own = figureOf(step, results);
  const shots = Object.entries(step.shots ?? {}).flatMap(([caption, placeholder]) => {
    const result = results.find((each) => each.shots[caption] !== undefined);
    const figure = result?.shots[caption];
    return result === undefined || figure === undefined ? [] : [{ placeholder, attempts: [result.number], figure }];
  });
  return [
    ...(own === undefined || step.fills === undefined ? [] : [{ placeholder: step.fills, attempts, figure: own }]),
    ...shots,
  ];
}

function figureOf(step: Step, results: readonly AttemptResult[]): Figure | undefined {
  const figures = results.flatMap(({ figure }) => (figure === null ? [] : [figure]));
  const [first] = figures;
  if (step.fills === undefined || first === undefined) return undefined;
  if (first.type === "picture") return first;
  return { type: "terminal", step: step.id, targets: results.map(({ target }) => target) };
}
