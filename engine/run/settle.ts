import type { Clock } from "../base/clock.ts";
import { isProblem } from "../base/problem.ts";
import type { KindResult } from "../kinds/kind.ts";
import { ANSWER_LOST } from "../model/answer-lost.ts";
import type { Outcome } from "../model/outcome.ts";
import { durationWords } from "./duration-words.ts";

/** How long a kind that was told to stop may take to end what it holds on the machine; then it is left behind. */
const GRACE_MS = 20_000;

/** What may end an execution from outside. */
export interface Limits {
  readonly limit: AbortSignal;
  readonly limitMs: number;
  readonly interrupted: AbortSignal;
  readonly clock: Clock;
  /** Hears of a defect of ours, with its stack. */
  defect(text: string): void;
}

/**
 * Turns whatever a kind does into an outcome: its own, an end by time limit or interruption, a problem, or a defect of ours.
 * Never throws, so that evidence is kept and clean-up steps run whatever happened.
 */
export async function settle(execute: () => Promise<KindResult> | KindResult, limits: Limits): Promise<KindResult> {
  if (limits.interrupted.aborted) return without(interrupted());
  try {
    const result = await withGrace(execute, limits);
    if (result.outcome.status === "passed") return result;
    if (limits.interrupted.aborted) return { ...result, outcome: interrupted() };
    if (limits.limit.aborted) return { ...result, outcome: tooSlow(limits.limitMs, result.outcome) };
    return result;
  } catch (error) {
    if (limits.interrupted.aborted) return without(interrupted());
    if (limits.limit.aborted && !isLost(error)) return without(tooSlow(limits.limitMs, undefined, error));
    return without(erroredBy(error, limits.defect));
  }
}

/** The outcome of something that ended by an exception. */
export function erroredBy(error: unknown, defect: (text: string) => void): Outcome {
  if (isProblem(error)) return { status: "errored", code: error.code, reason: error.message, hint: error.hint ?? "" };
  const message = error instanceof Error ? error.message : String(error);
  defect(error instanceof Error ? (error.stack ?? message) : message);
  const hint = "Signalez ce texte ; ce que la machine avait répondu est conservé.";
  return { status: "errored", code: "INTERNAL", reason: `Défaut de Constat : ${message}`, hint };
}

/** The outcome of what was interrupted, or not begun because of it. */
export function interrupted(): Outcome {
  return {
    status: "errored",
    code: "INTERRUPTED",
    reason: "L’exécution a été interrompue pendant cette étape.",
    hint: "Relancez l’exécution : les gardes sauteront ce qui est déjà fait.",
  };
}

/** A result that is nothing but its outcome. */
export function without(outcome: Outcome): KindResult {
  return { outcome, answer: "", saved: {}, figure: null };
}

async function withGrace(
  execute: () => Promise<KindResult> | KindResult,
  { limit, interrupted: stop, clock }: Limits,
): Promise<KindResult> {
  const over = AbortSignal.any([limit, stop]);
  const ended = new AbortController();
  const stuck = Promise.withResolvers<never>();
  const onOver = (): void => {
    clock.sleep(GRACE_MS, ended.signal).then(
      () => stuck.reject(over.reason),
      () => undefined,
    );
  };
  over.addEventListener("abort", onOver, { once: true });
  try {
    return await Promise.race([execute(), stuck.promise]);
  } finally {
    over.removeEventListener("abort", onOver);
    ended.abort();
  }
}

/** It may be done, however its time ended: it is to be verified, and not to be repeated blindly. */
function isLost(error: unknown): boolean {
  return isProblem(error) && error.code === ANSWER_LOST;
}

/** `error`: what a transport that was stopped says of what it was waiting for. */
function tooSlow(limitMs: number, seen: Outcome | undefined, error?: unknown): Outcome {
  const judgements = seen?.status === "failed" ? seen.judgements : [];
  const cause = isProblem(error) ? ` ${error.message}` : "";
  const reason = `Délai de ${durationWords(limitMs)} dépassé ; le bloc a été arrêté.${cause}`;
  return { status: "failed", reason, judgements };
}
