import { ACTION_FAILED } from "../kinds/kind.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { accompaniedBy } from "../plan/index.ts";
import type { RunContext, RunState } from "./context.ts";
import { type Decision, decide, finishStep, runStep } from "./step.ts";

/**
 * Runs a step with the checks that accompany it (`during`): they have begun to look before it touches anything, and end after it and its
 * verification. What becomes of them is theirs alone. When nothing is done, they have nothing to see.
 */
export async function runAccompanied(step: Step, context: RunContext, state: RunState): Promise<Outcome> {
  const companions = companionsOf(step, context);
  if (companions.length === 0) return await runStep(step, context, state);
  for (const companion of companions) await context.emit({ type: "step-started", step: companion.id });
  const over = new AbortController();
  let running: readonly Promise<Decision>[] = [];
  const begin = async (): Promise<void> => {
    const started = companions.map((companion) => begun(companion, over.signal, context, state));
    running = started.map(({ decision }) => decision);
    await Promise.all(started.map(({ ready }) => ready));
  };
  try {
    const outcome = await runStep(step, context, state, begin);
    over.abort(outcome.status === "passed" ? undefined : ACTION_FAILED);
    for (const [index, companion] of companions.entries()) {
      const decision = await (running[index] ?? { outcome: withoutAction(step, outcome), results: [] });
      await finishStep(companion, decision, context, state);
    }
    return outcome;
  } finally {
    // Also when the journal failed in between: nothing goes on behind our back.
    over.abort();
    await Promise.allSettled(running);
  }
}

/** Journals a step that nobody runs, and those that would have accompanied it. */
export async function skipAccompanied(
  step: Step,
  outcome: Extract<Outcome, { status: "skipped" }>,
  context: RunContext,
  state: RunState,
): Promise<void> {
  for (const each of [step, ...companionsOf(step, context)]) {
    await context.emit({ type: "step-started", step: each.id });
    const decision = { outcome: each === step ? outcome : withoutAction(step, outcome), results: [] };
    await finishStep(each, decision, context, state);
  }
}

function companionsOf(step: Step, { plan }: RunContext): readonly Step[] {
  return plan.steps.filter((each) => each.leftOut === undefined && accompaniedBy(each, plan)?.id === step.id);
}

/** Starts a companion; `ready` is when it looks on every target, or has ended already. */
function begun(companion: Step, over: AbortSignal, context: RunContext, state: RunState) {
  const { promise: looking, resolve } = Promise.withResolvers<void>();
  let open = companion.targets.length;
  const ready = (): void => {
    open -= 1;
    if (open <= 0) resolve();
  };
  const decision = decide(companion, context, state, { lasting: { over, ready } });
  // Its failure is read where it is awaited.
  decision.catch(() => {});
  const ended = decision.then(
    () => {},
    () => {},
  );
  return { decision, ready: Promise.race([looking, ended]) };
}

/** The action never came to its machines: the companion shares the reason. */
function withoutAction(step: Step, outcome: Outcome): Outcome {
  const reason = `#${step.id}, que ce bloc accompagne, n’a rien fait`;
  switch (outcome.status) {
    case "skipped":
      return { ...outcome, reason: `${reason} : ${outcome.reason}` };
    case "blocked":
      return { ...outcome, reason: `${reason} : ${outcome.reason}` };
    default:
      return {
        status: "blocked",
        by: step.id,
        reason: "reason" in outcome ? `${reason} : ${outcome.reason}` : `${reason}.`,
      };
  }
}
