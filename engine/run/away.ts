import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { AttemptResult } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { isAway } from "./unreachable.ts";

/** Remembers which machines did not answer a step at all, by the door that it uses. */
export function noteAway(step: Step, results: readonly AttemptResult[], context: RunContext, state: RunState): void {
  for (const { target, outcome } of results) {
    const door = doorOf(step, target, context);
    if (outcome.status === "errored" && isAway(outcome.code)) state.away.set(door, step.id);
    else if (outcome.status === "passed") state.away.delete(door);
  }
}

/** Why a step has nobody to ask once the run is stopped: each of its machines did not answer before, and nothing has changed since. */
export function nobodyThere(step: Step, context: RunContext, state: RunState): Outcome | undefined {
  if (state.stoppedBy === undefined) return undefined;
  const by = step.targets.map((target) => state.away.get(doorOf(step, target, context)));
  const [first] = by;
  if (first === undefined || by.includes(undefined)) return undefined;
  const reason = `${step.targets.join(", ")} ne répondait pas à #${first} : rien ne lui est plus demandé.`;
  return { status: "blocked", by: first, reason };
}

/** True when a command on this node found nobody there, and no later one did. */
export function isSilent(node: string, { away }: RunState): boolean {
  return away.has(`${node} shell`);
}

function doorOf({ block }: Step, target: string, { kinds }: RunContext): string {
  return [target, ...kinds[block.kind].needs(block)].join(" ");
}
