import type { KindResult } from "../kinds/kind.ts";
import type { Block } from "../model/runbook.ts";

/** What the doors throw when a machine is off, away or still starting; a wrong key or certificate is none of them. */
const AWAY: ReadonlySet<string> = new Set([
  "SSH_UNREACHABLE",
  "SSH_TIMEOUT",
  "SSH_HANDSHAKE_FAILED",
  "HTTP_UNREACHABLE",
  "HTTP_TIMEOUT",
  "HTTP_NO_ANSWER",
  "TLS_HANDSHAKE_FAILED",
  "BROWSER_UNREACHABLE",
  // An account that is yet to be made lets nobody in.
  "BMC_AUTH_FAILED",
  "BMC_LOGIN_FAILED",
]);

/** Whether a code says that nobody answered. */
export function isAway(code: string): boolean {
  return AWAY.has(code);
}

/** Of a check with `unreachable: fails`, an answer that never came is a no: the machine may not be there yet. */
export function whereNobodyAnswers(block: Block, result: KindResult): KindResult {
  const { outcome } = result;
  if (block.settings.unreachable !== "fails" || outcome.status !== "errored" || !isAway(outcome.code)) return result;
  const judgements = [{ ok: false, expected: "une machine qui répond", obtained: outcome.reason }];
  return { ...result, outcome: { status: "failed", reason: outcome.reason, judgements } };
}
