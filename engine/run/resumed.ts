import type { AttemptStarted, Event } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import { type RunState, SavedValues } from "./context.ts";

/** What the journal of a run that goes on holds already. */
export interface ResumedRun {
  readonly events: readonly Event[];
  /** The highest attempt that left anything in the folder. */
  readonly attempts: number;
}

/** The state that a run is in: nothing known yet, or what its journal tells of the time before it was resumed. */
export function openState(resumed: ResumedRun | undefined): RunState {
  const { events, attempts } = resumed ?? { events: [], attempts: 0 };
  let last = attempts;
  const outcomes = new Map<string, Outcome>();
  const saved = new SavedValues();
  const filled = new Set<string>();
  const open = new Map<number, AttemptStarted>();
  for (const event of events) {
    if (event.type === "step-finished") outcomes.set(event.step, event.outcome);
    else if (event.type === "placeholder-filled" || event.type === "figure-reused" || event.type === "figure-given")
      filled.add(event.placeholder);
    else if (event.type === "attempt-started") {
      open.set(event.attempt, event);
      last = Math.max(last, event.attempt);
    } else if (event.type === "attempt-finished") {
      open.delete(event.attempt);
      if (event.outcome.status === "passed" && Object.keys(event.redactions).length === 0)
        saved.save(event.target, event.saved);
    }
  }
  return {
    outcomes,
    saved,
    nextAttempt: () => {
      last += 1;
      return last;
    },
    stoppedBy: undefined,
    away: new Map(),
    filled,
    running: new Map(),
    before: new Map(outcomes),
    cut: new Set([...open.values()].filter(({ purpose }) => purpose === "run").map(({ step }) => step)),
  };
}
