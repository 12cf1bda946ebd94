import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { guardsOf } from "../plan/index.ts";
import { type AttemptResult, runAttempt } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { jointOutcome } from "./joint-outcome.ts";
import { runUntil } from "./poll.ts";

/** The targets of a step whose work is already done, as one of its `unless` checks says; undefined without such a guard. */
export async function satisfiedTargets(
  step: Step,
  context: RunContext,
  state: RunState,
): Promise<Satisfied | undefined> {
  let found: Satisfied | undefined;
  for (const check of guardsOf(step, context.plan).unless) {
    const answer = await answerOf(check, step, context, state);
    const done = [...new Set([...(found?.done ?? []), ...answer.done])];
    const errored = found?.errored ?? answer.errored;
    found = { check: answer.done.length > 0 ? check.id : (found?.check ?? check.id), done, errored };
    // One that says so is enough: what another could not tell does not matter then.
    if (step.targets.every((target) => done.includes(target))) return { check: found.check, done };
  }
  return found;
}

interface Satisfied {
  readonly check: string;
  readonly done: readonly string[];
  readonly errored?: Outcome | undefined;
}

async function answerOf(check: Step, step: Step, context: RunContext, state: RunState): Promise<Satisfied> {
  // A check that looks at the very same nodes answers for each of them; any other one answers for the whole step.
  const each = step.targets.every((target) => check.targets.includes(target)) && step.targets.length > 1;
  const asked = each ? step.targets : check.targets;
  const results = await Promise.all(
    asked.map((target) => runAttempt({ step: check, target, purpose: "guard", onBehalfOf: step.id }, context, state)),
  );
  const unanswered = results.find(({ outcome }) => outcome.status === "errored")?.outcome;
  const errored = unanswered?.status === "errored" ? naming(check.id, unanswered) : undefined;
  const passed = results.filter(({ outcome }) => outcome.status === "passed").map(({ target }) => target);
  const done = each ? passed : passed.length === asked.length ? step.targets : [];
  return { check: check.id, done, ...(errored === undefined ? {} : { errored }) };
}

function naming(check: string, outcome: Extract<Outcome, { status: "errored" }>): Outcome {
  return { ...outcome, reason: `La garde #${check} n’a pas pu répondre : ${outcome.reason}` };
}

/** Runs the checks that must pass after an action; the first that does not decides. */
export async function verifyStep(step: Step, context: RunContext, state: RunState): Promise<Outcome | undefined> {
  for (const check of guardsOf(step, context.plan).verify) {
    const results: readonly AttemptResult[] = await Promise.all(
      check.targets.map((target) =>
        runUntil({ step: check, target, purpose: "verify", onBehalfOf: step.id }, context, state),
      ),
    );
    const outcome = jointOutcome(results);
    if (outcome.status === "passed") continue;
    if (outcome.status === "failed" || outcome.status === "errored") {
      return { ...outcome, reason: `La vérification #${check.id} n’est pas satisfaite : ${outcome.reason}` };
    }
  }
  return undefined;
}
