import type { Figure } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { guardsOf } from "../plan/index.ts";
import type { AttemptResult } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { satisfiedTargets, verifyStep } from "./guard.ts";
import { jointOutcome, sameAnswers } from "./joint-outcome.ts";
import { runUntil } from "./poll.ts";
import { renewController } from "./renew-controller.ts";
import { notePins, renewPins } from "./renew-pins.ts";
import { interrupted } from "./settle.ts";

/** Takes one step from its prerequisites to its outcome, journals it, and returns when all of it is on disk. */
export async function runStep(step: Step, context: RunContext, state: RunState): Promise<Outcome> {
  await context.emit({ type: "step-started", step: step.id });
  const { outcome, results } = await decide(step, context, state);
  const filled = outcome.status === "passed" ? figureOf(step, results) : undefined;
  if (filled !== undefined && step.fills !== undefined) {
    state.filled.add(step.fills);
    const attempts = results.map(({ number }) => number);
    await context.emit({
      type: "placeholder-filled",
      placeholder: step.fills,
      step: step.id,
      attempts,
      figure: filled,
    });
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
  if ((outcome.status === "failed" || outcome.status === "errored") && state.stoppedBy === undefined)
    state.stoppedBy = step.id;
  return outcome;
}

interface Decision {
  readonly outcome: Outcome;
  readonly results: readonly AttemptResult[];
}

async function decide(step: Step, context: RunContext, state: RunState): Promise<Decision> {
  const refused = leftOut(step) ?? blockedBy(step, context, state);
  if (refused !== undefined) return { outcome: refused, results: [] };

  const guard = await satisfiedTargets(step, context, state);
  if (guard?.errored !== undefined) return { outcome: guard.errored, results: [] };
  const targets = step.targets.filter((target) => !guard?.done.includes(target));
  if (guard !== undefined && targets.length === 0) {
    const reason = `Déjà satisfait : #${guard.check} le confirme, rien n’a été fait.`;
    return { outcome: { status: "skipped", because: "satisfied", reason }, results: [] };
  }

  const question = step.block.settings.confirm;
  if (question !== undefined && question !== false) {
    const text = question === true ? "Cette étape modifie les machines. Continuer ?" : question;
    const agreed = await context.confirm(step, text, context.signal);
    if (!agreed && !context.signal.aborted) {
      return { outcome: { status: "skipped", because: "declined", reason: "Refusé par l’opérateur." }, results: [] };
    }
  }
  if (context.signal.aborted) return { outcome: interrupted(), results: [] };

  const unknown = await notePins(step, targets, context);
  if (unknown !== undefined) return { outcome: unknown, results: [] };
  const results = await Promise.all(
    targets.map((target) => runUntil({ step, target, purpose: "run", onBehalfOf: null }, context, state)),
  );
  const outcome = jointOutcome(results);
  if (outcome.status !== "passed") return { outcome, results };
  const renewed = (await renewPins(step, targets, context)) ?? (await renewController(step, targets, context));
  if (renewed !== undefined) return { outcome: renewed, results };
  return { outcome: (await verifyStep(step, context, state)) ?? outcome, results };
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
    const outcome = state.outcomes.get(id);
    if (outcome?.status === "passed" || (outcome?.status === "skipped" && outcome.because !== "declined")) continue;
    return { status: "blocked", by: id, reason: `L’étape #${id}, dont celle-ci dépend, n’a pas abouti.` };
  }
  if (step.block.role === "action" && state.stoppedBy !== undefined) {
    const reason = `L’étape #${state.stoppedBy} a échoué : plus rien n’est modifié ensuite.`;
    return { status: "blocked", by: state.stoppedBy, reason };
  }
  return undefined;
}

function figureOf(step: Step, results: readonly AttemptResult[]): Figure | undefined {
  const figures = results.flatMap(({ figure }) => (figure === null ? [] : [figure]));
  const [first] = figures;
  if (step.fills === undefined || first === undefined) return undefined;
  if (first.type === "picture") return first;
  return { type: "terminal", step: step.id, targets: results.map(({ target }) => target) };
}
