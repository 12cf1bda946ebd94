import type { Outcome } from "../model/outcome.ts";
import { type AttemptRequest, type AttemptResult, runAttempt } from "./attempt.ts";
import type { RunContext, RunState } from "./context.ts";
import { durationWords } from "./duration-words.ts";
import { VALUE_MISSING } from "./missing-value.ts";
import { interrupted } from "./settle.ts";

/**
 * Runs a step on one target as often as its settings say: `until` polls to a deadline that the last attempt keeps too, `retry` repeats
 * after a failure. A guard is asked once: it wants to know what is, not what may come.
 */
export async function runUntil(request: AttemptRequest, context: RunContext, state: RunState): Promise<AttemptResult> {
  const { until, retry } = request.step.block.settings;
  if (request.purpose === "guard") return runAttempt(request, context, state);
  const begun = context.clock.monotonic();
  let previous: AttemptResult | undefined;
  for (let tries = 1; ; tries += 1) {
    const withinMs = until === undefined ? undefined : until.within - (context.clock.monotonic() - begun);
    const result = await runAttempt({ ...request, withinMs }, context, state);
    if (isFinal(result.outcome)) return result;
    const elapsed = context.clock.monotonic() - begun;
    const pause = pauseBeforeNext(tries, elapsed, until, retry);
    if (pause === undefined) {
      // What the end of the poll cut short saw nothing; the answer before it is what counts.
      const cut =
        withinMs !== undefined && withinMs < request.step.block.settings.timeout && elapsed >= (until?.within ?? 0);
      const last = cut ? (previous ?? result) : result;
      return tries === 1 ? result : { ...last, outcome: tiredOf(last.outcome, tries, elapsed) };
    }
    if (context.signal.aborted) return { ...result, outcome: interrupted() };
    context.live({
      type: "progress",
      step: request.step.id,
      target: request.target,
      text: `pas encore (essai ${tries}, ${durationWords(elapsed)}) : ${lastState(result.outcome)}`,
    });
    if (!(await rest(pause, context))) return { ...result, outcome: interrupted() };
    previous = result;
  }
}

function isFinal(outcome: Outcome): boolean {
  return outcome.status === "passed" || (outcome.status === "errored" && outcome.code === VALUE_MISSING);
}

interface Until {
  readonly every: number;
  readonly within: number;
}

interface Retry {
  readonly times: number;
  readonly every: number;
}

function pauseBeforeNext(
  tries: number,
  elapsed: number,
  until: Until | undefined,
  retry: Retry | undefined,
): number | undefined {
  if (until !== undefined && elapsed + until.every < until.within) return until.every;
  if (until === undefined && retry !== undefined && tries <= retry.times) return retry.every;
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

function tiredOf(outcome: Outcome, tries: number, elapsed: number): Outcome {
  if (outcome.status !== "failed" && outcome.status !== "errored") return outcome;
  const reason = `Condition non atteinte après ${durationWords(elapsed)} (${tries} essais) ; dernier état : ${outcome.reason}`;
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
