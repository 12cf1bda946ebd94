import type { RunFinished } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { accompaniedBy } from "../plan/index.ts";
import { isSilent } from "./away.ts";
import { startInBackground, stopAll, stopNamed } from "./background.ts";
import { runAccompanied } from "./companions.ts";
import type { RunContext, RunState } from "./context.ts";
import { identifyLate, identifyNodes } from "./identify-nodes.ts";
import { openState, type ResumedRun } from "./resumed.ts";
import { type EarlierRun, reuseFigures } from "./reuse.ts";
import { takeLine } from "./steer.ts";

/**
 * Plan → Events: runs every step in order, clean-up steps at the end whatever happened, and says how it ended. What an earlier run
 * alone could see is taken over from it; a run that is resumed goes on where its journal ends.
 * All effects go through the context's ports; every event is on disk before the next step starts.
 */
export async function executePlan(
  context: RunContext,
  earlier?: EarlierRun,
  resumed?: ResumedRun,
): Promise<RunFinished> {
  const state = openState(resumed);
  for (const { target, values } of context.elsewhere?.values ?? []) state.saved.save(target, values);
  const unknown = await identifyNodes(context);
  const admitted = context.admits?.() !== false;
  const atTheEnd = (step: Step): boolean => step.block.settings.cleanup === true;
  const line = onTheirOwn(
    context.plan.steps.filter((candidate) => !atTheEnd(candidate)),
    context,
  );
  let stopped = false;
  try {
    stopped = admitted && (await takeLine(line, takeStep, context, state)) === "stopped";
  } finally {
    await stopAll(state);
  }
  // A door that stayed closed to a step would stay closed to this question.
  const rest = unknown.filter(({ name }) => !isSilent(name, state));
  if (!context.signal.aborted && admitted && !stopped) await identifyLate(rest, context);
  const cleaning = { ...context, signal: context.cleanupSignal };
  for (const step of onTheirOwn(context.plan.steps.filter(atTheEnd), context)) {
    if (cleaning.signal.aborted || !admitted) break;
    await takeStep(step, cleaning, state);
  }
  if (earlier !== undefined) await reuseFigures(context, state, earlier);
  const finished: RunFinished = {
    type: "run-finished",
    counts: count(state.outcomes.values()),
    placeholders: { expected: context.plan.placeholders.length, filled: state.filled.size },
    interrupted: context.signal.aborted || stopped,
  };
  await context.emit(finished);
  return finished;
}

/** Steps that begin at their own place; those that accompany an action begin with it. One left out only says so. */
function onTheirOwn(steps: readonly Step[], { plan }: RunContext): readonly Step[] {
  return steps.filter((step) => step.leftOut !== undefined || accompaniedBy(step, plan) === undefined);
}

async function takeStep(step: Step, context: RunContext, state: RunState): Promise<void> {
  await stopNamed(step, state);
  if (step.block.settings.background === true && step.leftOut === undefined) {
    await startInBackground(step, context, state);
  } else await runAccompanied(step, context, state);
}

function count(outcomes: Iterable<Outcome>): RunFinished["counts"] {
  const counts = { passed: 0, failed: 0, skipped: 0, blocked: 0, errored: 0 };
  for (const outcome of outcomes) counts[outcome.status] += 1;
  return counts;
}
