import type { Step } from "../model/plan.ts";
import type { RunContext, RunState } from "./context.ts";
import { decide, finishStep } from "./step.ts";

/** Starts a step that goes on behind the following ones; returns when it has begun. It journals its own end whenever that comes. */
export async function startInBackground(step: Step, context: RunContext, state: RunState): Promise<void> {
  await context.emit({ type: "step-started", step: step.id });
  const over = new AbortController();
  const { promise: begun, resolve: ready } = Promise.withResolvers<void>();
  const finished = (async () => {
    const decision = await decide(step, context, state, { lasting: { over: over.signal, ready } });
    await finishStep(step, decision, context, state);
    state.running.delete(step.id);
  })();
  // A fault of ours is thrown by the one who stops it.
  finished.catch(() => {});
  state.running.set(step.id, {
    stop: async () => {
      over.abort();
      await finished;
    },
  });
  await Promise.race([begun, finished]);
}

/** Ends the background steps that a step names with `stops`. */
export async function stopNamed(step: Step, state: RunState): Promise<void> {
  for (const name of step.block.settings.stops ?? []) await state.running.get(name)?.stop();
}

/** Ends all that still goes on, also where the end of one cannot be written down. */
export async function stopAll(state: RunState): Promise<void> {
  const ends = await Promise.allSettled([...state.running.values()].map((running) => running.stop()));
  const broken = ends.find((end) => end.status === "rejected");
  if (broken !== undefined) throw broken.reason;
}
