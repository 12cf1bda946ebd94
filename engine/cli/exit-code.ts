import type { ProblemScope } from "../base/problem.ts";

/** Exit codes, one meaning each (DESIGN §1). */
export const EXIT = { ok: 0, failed: 1, author: 2, environment: 3, incomplete: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of an error that the program could not survive. */
export function exitCodeOf(scope: ProblemScope): ExitCode {
  return scope === "author" ? EXIT.author : EXIT.environment;
}

/** Where several hold, the first of 130, 2, 3, 1, 4 wins. */
export function worstOf(codes: Iterable<ExitCode>): ExitCode {
  const present = new Set(codes);
  const order = [EXIT.interrupted, EXIT.author, EXIT.environment, EXIT.failed, EXIT.incomplete] as const;
  return order.find((code) => present.has(code)) ?? EXIT.ok;
}
