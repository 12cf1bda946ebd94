import { ANSWER_LOST } from "../model/answer-lost.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { guardsOf } from "../plan/index.ts";
import type { AttemptResult } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { verifyStep } from "./guard.ts";

/**
 * Of an action whose answer was lost (the service restarted, the connection broke), its own verification says whether it was done: it is
 * not sent a second time. Undefined where nothing was lost; the lost answer's own outcome where there is no verification, or none that passes.
 */
export async function askInstead(
  outcome: Outcome,
  step: Step,
  results: readonly AttemptResult[],
  context: RunContext,
  state: RunState,
): Promise<Outcome | undefined> {
  const lost = results.find(({ outcome: each }) => each.status === "errored" && each.code === ANSWER_LOST)?.outcome;
  if (lost?.status !== "errored" || outcome.status !== "errored") return undefined;
  // Another node that failed in its own way is not put right by this one's state.
  if (results.some(({ outcome: each }) => each.status !== "passed" && each !== lost && !isLost(each))) return undefined;
  const { verify } = guardsOf(step, context.plan);
  if (step.block.role !== "action" || verify.length === 0 || context.signal.aborted) return undefined;
  const names = verify.map(({ id }) => `#${id}`).join(", ");
  const refuted = await verifyStep(step, context, state);
  if (refuted !== undefined) {
    const said = refuted.status === "failed" || refuted.status === "errored" ? refuted.reason : "";
    return { ...lost, reason: `${lost.reason} ${said}`.trim() };
  }
  const obtained = `réponse perdue ; ${names} ${verify.length > 1 ? "confirment" : "confirme"} que c’est fait`;
  return { status: "passed", judgements: [{ ok: true, expected: "l’action faite une seule fois", obtained }] };
}

function isLost(outcome: Outcome): boolean {
  return outcome.status === "errored" && outcome.code === ANSWER_LOST;
}
