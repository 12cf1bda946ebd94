import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import { codeOf } from "./network-reason.ts";
import type { HttpAnswer } from "./port.ts";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** Nothing listens yet, or it hung up on the greeting: of the request itself nothing was sent. */
const CLOSED_DOOR: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE"]);

/** How long a service that is restarting is asked again, and what may be asked again. */
export interface Patience {
  readonly patienceMs: number;
  /** Only reads: may be asked again even when it arrived. */
  readonly safe: boolean;
  /** Whether an answer is one of a service that is not ready yet, and did nothing. */
  readonly passing: (answer: HttpAnswer) => boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Asks until there is an answer, or patience ends; then the last problem, with how often it was asked. */
export async function askAgain(ask: () => Promise<HttpAnswer>, patience: Patience): Promise<HttpAnswer> {
  const { patienceMs, safe, passing, clock, signal } = patience;
  const begun = clock.monotonic();
  for (let tries = 1, pause = FIRST_PAUSE_MS; ; tries += 1, pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const left = patienceMs - (clock.monotonic() - begun);
    const again = left > pause;
    const answer = await ask().catch((error: unknown) => {
      if (!(error instanceof ProblemError) || !passes(error, safe)) throw error;
      if (!again) throw tries === 1 ? error : tired(error, tries, clock.monotonic() - begun);
      return error;
    });
    if (!(answer instanceof ProblemError) && !(again && passing(answer))) return answer;
    await clock.sleep(pause, signal).catch((reason: unknown) => {
      // Whoever was told to stop says what he was waiting for.
      throw answer instanceof ProblemError ? tired(answer, tries, clock.monotonic() - begun) : reason;
    });
  }
}

/** Whether a problem is one that a restart makes and that passes with it. */
function passes(error: ProblemError, safe: boolean): boolean {
  switch (error.code) {
    case "HTTP_UNREACHABLE":
      return CLOSED_DOOR.has(codeOf(error.cause) ?? "");
    case "TLS_HANDSHAKE_FAILED":
      return CLOSED_DOOR.has(codeOf(error.cause) ?? "") || /disconnected before secure/.test(String(error.cause));
    case "PVE_LOGIN_FAILED":
      return true;
    case "HTTP_NO_ANSWER":
      return safe;
    default:
      return false;
  }
}

function tired(error: ProblemError, tries: number, ms: number): ProblemError {
  const { code, message, scope, hint, cause } = error;
  return new ProblemError(code, `${message} Demandé ${tries} fois en ${Math.round(ms / 1_000)} s.`, {
    scope,
    hint,
    cause,
  });
}
