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
]);

/** What a controller answers while an account is yet to be made: it is there, and other accounts are still let in. */
const NO_ENTRY: ReadonlySet<string> = new Set(["BMC_AUTH_FAILED", "BMC_LOGIN_FAILED"]);

/** Whether a code says that nobody answered. */
export function isAway(code: string): boolean {
  return AWAY.has(code);
}

/** Of a check with `unreachable: fails`, an answer that never came is a no: the machine, or the account that asks, may not be there yet. */
export function whereNobodyAnswers(block: Block, result: KindResult): KindResult {
  const { outcome } = result;
  if (block.settings.unreachable !== "fails" || outcome.status !== "errored") return result;
  if (!isAway(outcome.code) && !NO_ENTRY.has(outcome.code)) return result;
  const judgements = [{ ok: false, expected: "une machine qui répond", obtained: outcome.reason }];
  return { ...result, outcome: { status: "failed", reason: outcome.reason, judgements } };
}
