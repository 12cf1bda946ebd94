import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { skipAccompanied } from "./companions.ts";
import type { RunContext, RunState } from "./context.ts";
import type { Pilot } from "./pilot.ts";
import { stillHolds } from "./still-holds.ts";

type Take = (step: Step, context: RunContext, state: RunState) => Promise<void>;

/** Takes the steps of a line in order, or as somebody at the controls says; ends when they, or the signal, end it. What a resumed run had done is looked at first. */
export async function takeLine(
  line: readonly Step[],
  take: Take,
  context: RunContext,
  state: RunState,
): Promise<"done" | "stopped"> {
  const { pilot } = context;
  let index = 0;
  while (index < line.length && !context.signal.aborted) {
    const step = line[index];
    if (step === undefined) break;
    if (await stillHolds(step, context, state)) {
      index += 1;
      continue;
    }
    if (pilot === undefined || step.leftOut !== undefined) {
      await take(step, context, state);
      index += 1;
      continue;
    }
    const next = await ask(line, index, pilot, take, context, state);
    if (next === undefined) return "stopped";
    index = next;
  }
  return "done";
}

/** Asks about one step until it is dealt with. Gives the index of the next one; undefined when nothing more is wanted. */
async function ask(
  line: readonly Step[],
  index: number,
  pilot: Pilot,
  take: Take,
  context: RunContext,
  state: RunState,
): Promise<number | undefined> {
  const step = line[index] as Step;
  const seenBy = (target: string) => state.saved.seenBy(target);
  for (let outcome: Outcome | undefined; ; ) {
    const move = await pilot.next({ step, outcome, line, outcomes: state.outcomes, seenBy }, context.signal);
    if (context.signal.aborted) return undefined;
    switch (move.type) {
      case "run": {
        forget(step, state);
        outcome = await stoppable(withBody(step, move.body), pilot, take, context, state);
        if (outcome?.status !== "failed" && outcome?.status !== "errored") return index + 1;
        break;
      }
      case "skip":
        await skip(step, move.reason, context, state);
        return index + 1;
      case "go":
        return await leap(line, index, move, take, context, state);
      case "continue":
        return index + 1;
      case "stop":
        return undefined;
    }
  }
}

/** What a failure of this very step stopped goes on when the step is dealt with in another way. */
function forget({ id }: Step, state: RunState): void {
  if (state.stoppedBy === id) state.stoppedBy = undefined;
}

function withBody(step: Step, body: string | undefined): Step {
  return body === undefined ? step : { ...step, block: { ...step.block, body } };
}

async function stoppable(
  step: Step,
  pilot: Pilot,
  take: Take,
  context: RunContext,
  state: RunState,
): Promise<Outcome | undefined> {
  const own = new AbortController();
  const release = pilot.watch(step, () => own.abort());
  try {
    await take(step, { ...context, signal: AbortSignal.any([context.signal, own.signal]) }, state);
  } finally {
    release();
  }
  return state.outcomes.get(step.id);
}

async function skip(step: Step, reason: string, context: RunContext, state: RunState): Promise<void> {
  forget(step, state);
  await skipAccompanied(step, { status: "skipped", because: "declined", reason }, context, state);
}

/** Those that are jumped over are skipped for the same reason; one that was dealt with keeps what became of it. */
async function leap(
  line: readonly Step[],
  from: number,
  { to, reason }: { readonly to: string; readonly reason: string },
  take: Take,
  context: RunContext,
  state: RunState,
): Promise<number> {
  const target = line.findIndex(({ id }) => id === to);
  for (const step of line.slice(from, Math.max(from, target))) {
    if (step.leftOut !== undefined) await take(step, context, state);
    else if (!state.outcomes.has(step.id)) await skip(step, reason, context, state);
  }
  return target < 0 ? from : target;
}
