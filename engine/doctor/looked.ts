import { isProblem } from "../base/problem.ts";
import type { DoctorDoors } from "./doors.ts";
import type { CheckName, Observation, Subject } from "./observation.ts";

/** How long one look may take: longer than the doors' own deadlines (20 s), whose reasons say more. */
const LIMIT_MS = 45_000;

export interface Look {
  readonly doors: Pick<DoctorDoors, "redact">;
  readonly signal: AbortSignal;
  /** Milliseconds; 45 s unless said. */
  readonly limitMs?: number | undefined;
}

export type Looked<T> =
  | { readonly status: "seen"; readonly value: T }
  | { readonly status: "failed"; readonly code: string; readonly observation: Observation };

/**
 * Looks once. What the doors throw becomes an observation, and so does a look that has not ended in time, whatever it waits for. Rejects
 * with the signal's reason when the whole examination is called off.
 */
export async function looked<T>(
  subject: Subject,
  check: CheckName,
  { doors, signal, limitMs = LIMIT_MS }: Look,
  look: (signal: AbortSignal) => Promise<T>,
): Promise<Looked<T>> {
  const deadline = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, deadline]);
  const over = Promise.withResolvers<never>();
  const end = (): void => over.reject(either.reason);
  either.addEventListener("abort", end, { once: true });
  try {
    signal.throwIfAborted();
    return { status: "seen", value: await Promise.race([look(either), over.promise]) };
  } catch (error) {
    signal.throwIfAborted();
    const failure = deadline.aborted && !isProblem(error) ? late(limitMs) : reasonOf(error);
    const text = doors.redact(failure.text);
    // A secret that is missing is named once, as a secret; what needs it could not be looked at.
    const observation: Observation =
      failure.code === "SECRET_MISSING" && check !== "secret"
        ? { subject, check, status: "unchecked", text }
        : { subject, check, status: "error", ...failure, text };
    return { status: "failed", code: failure.code, observation };
  } finally {
    either.removeEventListener("abort", end);
  }
}

interface Failure {
  readonly code: string;
  readonly text: string;
  readonly remedy: string;
}

function late(limitMs: number): Failure {
  return {
    code: "CHECK_TIMEOUT",
    text: `pas de réponse en ${limitMs / 1_000} s`,
    remedy: "Vérifiez la charge de la machine et le réseau, puis relancez.",
  };
}

function reasonOf(error: unknown): Failure {
  if (isProblem(error))
    return { code: error.code, text: error.message, remedy: error.hint ?? "Relancez après avoir corrigé la cause." };
  return {
    code: "CHECK_FAILED",
    text: error instanceof Error ? error.message : String(error),
    remedy: "Signalez ce texte : cet examen ne l’attendait pas.",
  };
}
