import { ACTION_FAILED } from "../kinds/kind.ts";
import { ANSWER_LOST } from "../model/answer-lost.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import { type AttemptRequest, type AttemptResult, runAttempt } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { durationWords } from "./duration-words.ts";
import { VALUE_MISSING } from "./missing-value.ts";
import { interrupted } from "./settle.ts";
import { Steadiness } from "./steadiness.ts";

/** What is nearly there is not waited for a whole period: the first pauses of a poll are short, and double up to `every`. */
const FIRST_PAUSE_MS = 250;

/**
 * Runs a step on one target as often as its settings say: `until` polls to a deadline that the last attempt keeps too, `retry` repeats
 * after a failure. What has to hold for some time (`until.stable`) is asked on after its first yes. A guard is asked once: it wants to know what is, not what may come. So is every check once a step has failed: nothing
 * is changed any more, so nothing is to be waited for.
 */
export async function runUntil(request: AttemptRequest, context: RunContext, state: RunState): Promise<AttemptResult> {
  const { until, retry } = request.step.block.settings;
  if (request.purpose === "guard") return runAttempt(request, context, state);
  const stoppedBy = lookingOnly(request, state);
  if (stoppedBy !== undefined) {
    const result = await runAttempt(request, context, state);
    return until === undefined ? result : { ...result, outcome: askedOnce(result.outcome, stoppedBy) };
  }
  const { lasting } = request;
  // What asks again and again comes to its end between two questions.
  const asks = lasting !== undefined && until !== undefined;
  if (asks) lasting.ready();
  let begun = context.clock.monotonic();
  let previous: AttemptResult | undefined;
  const steady = new Steadiness(until?.stable ?? 0);
  for (let tries = 1; ; tries += 1) {
    // The patience of what accompanies an action counts from the action's end.
    const waiting = lasting?.over.aborted === false;
    if (waiting) begun = context.clock.monotonic();
    const withinMs = until === undefined || waiting ? undefined : until.within - (context.clock.monotonic() - begun);
    const result = await runAttempt({ ...request, withinMs, lasting: asks ? undefined : lasting }, context, state);
    const now = context.clock.monotonic();
    const elapsed = now - begun;
    const inVain = lasting?.over.reason === ACTION_FAILED;
    const passed = result.outcome.status === "passed";
    if (steady.holds(passed, now) || (passed && inVain) || isFinal(result.outcome, request.step)) return result;
    const pause = inVain ? undefined : pauseBeforeNext(tries, elapsed, { until, retry, leftMs: steady.leftMs(now) });
    if (pause === undefined) {
      // What the end of the poll cut short saw nothing; the answer before it is what counts.
      const cut =
        withinMs !== undefined && withinMs < request.step.block.settings.timeout && elapsed >= (until?.within ?? 0);
      const last = cut ? (previous ?? result) : result;
      const outcome = passed ? steady.tooShort(now) : last.outcome;
      return tries === 1 ? { ...result, outcome } : { ...last, outcome: tiredOf(outcome, tries, elapsed, steady) };
    }
    if (context.signal.aborted) return { ...result, outcome: interrupted() };
    context.live({
      type: "progress",
      step: request.step.id,
      target: request.target,
      text: `${passed ? steady.words(now) : "pas encore"} (essai ${tries}, ${spent(elapsed, until)}) : ${lastState(result.outcome)}`,
    });
    if (!(await rest(pause, context))) return { ...result, outcome: interrupted() };
    previous = result;
  }
}

/** The step that failed before this one, where that leaves it nothing to wait for. A clean-up changes things, and goes on. */
function lookingOnly({ step, purpose, lasting }: AttemptRequest, { stoppedBy }: RunState): string | undefined {
  return purpose === "run" && step.block.role === "check" && lasting === undefined ? stoppedBy : undefined;
}

function askedOnce(outcome: Outcome, stoppedBy: string): Outcome {
  if (outcome.status !== "failed" && outcome.status !== "errored") return outcome;
  const because = `demandé une seule fois, car #${stoppedBy} avait échoué`;
  return { ...outcome, reason: `${outcome.reason} (${because})` };
}

/** What asking again would not change; an action whose answer was lost may be done, and is never sent twice blindly. */
function isFinal(outcome: Outcome, { block }: Step): boolean {
  if (outcome.status !== "errored") return false;
  return outcome.code === VALUE_MISSING || (outcome.code === ANSWER_LOST && block.role === "action");
}

/** Time spent, and of how much: `12 s sur 2 min`. */
function spent(elapsed: number, until: Until | undefined): string {
  const limit = until === undefined ? "" : ` sur ${durationWords(until.within)}`;
  return `${durationWords(elapsed)}${limit}`;
}

interface Until {
  readonly every: number;
  readonly within: number;
  readonly stable?: number | undefined;
}

interface Retry {
  readonly times: number;
  readonly every: number;
}

interface Patience {
  readonly until: Until | undefined;
  readonly retry: Retry | undefined;
  /** How long a condition that holds now still has to. */
  readonly leftMs: number | undefined;
}

function pauseBeforeNext(
  tries: number,
  elapsed: number,
  { until, retry, leftMs = Number.POSITIVE_INFINITY }: Patience,
): number | undefined {
  if (until !== undefined) {
    const pause = Math.min(until.every, FIRST_PAUSE_MS * 2 ** (tries - 1), leftMs);
    return elapsed + pause < until.within ? pause : undefined;
  }
  if (retry !== undefined && tries <= retry.times) return retry.every;
  return undefined;
}

/** False when the run was interrupted meanwhile. */
async function rest(ms: number, context: RunContext): Promise<boolean> {
  try {
    await context.clock.sleep(ms, context.signal);
    return true;
  } catch (error) {
    if (context.signal.aborted) return false;
    throw error;
  }
}

function tiredOf(outcome: Outcome, tries: number, elapsed: number, steady: Steadiness): Outcome {
  if (outcome.status !== "failed" && outcome.status !== "errored") return outcome;
  const story = steady.story();
  const reason =
    story === ""
      ? `Condition non atteinte après ${durationWords(elapsed)} (${tries} essais) ; dernier état : ${outcome.reason}`
      : `Condition non tenue après ${durationWords(elapsed)} (${tries} essais) : ${story} ; dernier état : ${outcome.reason}`;
  return { ...outcome, reason };
}

function lastState(outcome: Outcome): string {
  switch (outcome.status) {
    case "passed":
      return "atteint";
    case "failed":
      return outcome.judgements.find((judgement) => !judgement.ok)?.obtained ?? outcome.reason;
    default:
      return outcome.reason;
  }
}
