import type { Plan, Step } from "../model/plan.ts";
import { resolvedNeeds } from "./resolved-needs.ts";

/** The steps that a step refers to, found in the plan, those left out by the selection included. */
export interface Guards {
  /** Asked before: when one of them passes, the work is already done. */
  readonly unless: readonly Step[];
  /** Asked after an action; each must pass. */
  readonly verify: readonly Step[];
  /** Must have been done before; where a candidate was not chosen, the one chosen for its placeholder stands in. */
  readonly needs: readonly Step[];
}

/** Resolves `unless`, `verify` and `needs` of a step. Ids that do not exist were reported when the plan was made. */
export function guardsOf(step: Step, plan: Plan): Guards {
  const byId = new Map(plan.steps.map((each) => [each.id, each]));
  const found = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const { unless = [], verify = [] } = step.block.settings;
  return {
    unless: found(unless),
    verify: found(verify),
    needs: found(resolvedNeeds(step.block, plan.placeholders)),
  };
}
