import type { StepKept } from "../model/operator-event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { guardsOf } from "../plan/index.ts";
import { runAttempt } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { satisfiedTargets, verifyStep } from "./guard.ts";
import { jointOutcome } from "./joint-outcome.ts";
import { finishStep } from "./step.ts";

/**
 * Whether a step that was done before the run was resumed stays as it was: its guard, its verification or, for a check, itself is asked
 * again, and the journal says what came of it. False when it is to be taken: it was not done, or its work is gone.
 */
export async function stillHolds(step: Step, context: RunContext, state: RunState): Promise<boolean> {
  const before = state.before.get(step.id);
  state.before.delete(step.id);
  if (step.block.settings.cleanup === true) return false;
  if (before === undefined) return await wasDoneWhenCut(step, context, state);
  if (!isDone(before)) return false;
  if (before.status === "skipped" && before.because !== "satisfied") {
    // What the selection left out may be wanted now; what a person decided stays decided.
    if (before.because !== "declined") return step.leftOut !== undefined;
    return await keep(step, { because: "given", reason: before.reason }, context);
  }
  const found = await findOut(step, context, state);
  return found === "gone" ? false : await keep(step, found, context);
}

type Found = Pick<StepKept, "because" | "reason">;

async function findOut(step: Step, context: RunContext, state: RunState): Promise<Found | "gone"> {
  const { kind, role, settings } = step.block;
  if (kind === "manual") return { because: "given", reason: "Une personne y avait répondu." };
  const { unless, verify } = guardsOf(step, context.plan);
  if (unless.length > 0) {
    const guard = await satisfiedTargets(step, context, state);
    if (guard === undefined || guard.errored !== undefined) return "gone";
    if (!step.targets.every((target) => guard.done.includes(target))) return "gone";
    return { because: "proven", reason: `#${guard.check} le confirme.` };
  }
  if (verify.length > 0) {
    if ((await verifyStep(step, context, state)) !== undefined) return "gone";
    return { because: "proven", reason: confirmedBy(verify) };
  }
  if (role === "action" || kind === "watch" || settings.background === true || settings.session !== undefined)
    return { because: "unproven", reason: "Aucune garde ni vérification ne peut dire si cela tient encore." };
  return await askAgain(step, context, state);
}

/** A check is made again. One that says no is taken as a step when something still to be done waits for it; else it is of its own time. */
async function askAgain(step: Step, context: RunContext, state: RunState): Promise<Found | "gone"> {
  const results = await Promise.all(
    step.targets.map((target) => runAttempt({ step, target, purpose: "proof", onBehalfOf: null }, context, state)),
  );
  const outcome = jointOutcome(results);
  if (outcome.status === "passed") return { because: "proven", reason: "Le même contrôle passe encore." };
  if (outcome.status === "errored" || isAwaited(step, context, state)) return "gone";
  const reason = "reason" in outcome ? outcome.reason : "";
  return { because: "changed", reason: `Cela tenait alors, et ne tient plus : ${reason}` };
}

function isAwaited(step: Step, { plan }: RunContext, state: RunState): boolean {
  return plan.steps.some((each) => {
    const earlier = state.outcomes.get(each.id);
    const open = each.leftOut === undefined && (earlier === undefined || !isDone(earlier));
    return open && guardsOf(each, plan).needs.some(({ id }) => id === step.id);
  });
}

/** An action that was cut short may have been done all the same; where it has no guard, its verification knows. */
async function wasDoneWhenCut(step: Step, context: RunContext, state: RunState): Promise<boolean> {
  if (!state.cut.has(step.id) || step.block.role !== "action" || step.leftOut !== undefined) return false;
  const { unless, verify } = guardsOf(step, context.plan);
  if (unless.length > 0 || verify.length === 0) return false;
  await context.emit({ type: "step-started", step: step.id });
  if ((await verifyStep(step, context, state)) !== undefined) return false;
  const reason = `Faite avant la coupure : ${confirmedBy(verify)}`;
  await finishStep(step, { outcome: { status: "skipped", because: "satisfied", reason }, results: [] }, context, state);
  return true;
}

function confirmedBy(checks: readonly Step[]): string {
  const names = checks.map(({ id }) => `#${id}`).join(", ");
  return `${names} le ${checks.length > 1 ? "confirment" : "confirme"}.`;
}

async function keep(step: Step, found: Found, context: RunContext): Promise<true> {
  await context.emit({ type: "step-kept", step: step.id, ...found });
  await context.folder.commit();
  return true;
}

function isDone({ status }: Outcome): boolean {
  return status === "passed" || status === "skipped";
}
