import type { RunFinished } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { type RunContext, type RunState, SavedValues } from "./context.ts";
import { identifyNodes } from "./identify-nodes.ts";
import { type EarlierRun, reuseFigures } from "./reuse.ts";
import { runStep } from "./step.ts";

/**
 * Plan → Events: runs every step in order, clean-up steps at the end whatever happened, and says how it ended. What an earlier run
 * alone could see is taken over from it.
 * All effects go through the context's ports; every event is on disk before the next step starts.
 */
export async function executePlan(context: RunContext, earlier?: EarlierRun): Promise<RunFinished> {
  let attempts = 0;
  const state: RunState = {
    outcomes: new Map(),
    saved: new SavedValues(),
    nextAttempt: () => {
      attempts += 1;
      return attempts;
    },
    stoppedBy: undefined,
    filled: new Set(),
  };
  await identifyNodes(context);
  const atTheEnd = (step: Step): boolean => step.block.settings.cleanup === true;
  for (const step of context.plan.steps.filter((candidate) => !atTheEnd(candidate))) {
    if (context.signal.aborted) break;
    await runStep(step, context, state);
  }
  const cleaning = { ...context, signal: context.cleanupSignal };
  for (const step of context.plan.steps.filter(atTheEnd)) {
    if (cleaning.signal.aborted) break;
    await runStep(step, cleaning, state);
  }
  if (earlier !== undefined) await reuseFigures(context, state, earlier);
  const finished: RunFinished = {
    type: "run-finished",
    counts: count(state.outcomes.values()),
    placeholders: { expected: context.plan.placeholders.length, filled: state.filled.size },
    interrupted: context.signal.aborted,
  };
  await context.emit(finished);
  return finished;
}

function count(outcomes: Iterable<Outcome>): RunFinished["counts"] {
  const counts = { passed: 0, failed: 0, skipped: 0, blocked: 0, errored: 0 };
  for (const outcome of outcomes) counts[outcome.status] += 1;
  return counts;
}
