/** Who has to act: the author of a document, the one who runs the machines, or us. Decides the exit code (2, 3, 3). */
export type ProblemScope = "author" | "environment" | "internal";

export interface ProblemDetails {
  readonly scope: ProblemScope;
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** What the program cannot survive: one stable code, what happened to what, and what to do. Caught once, in `cli/main.ts`. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: string;
  readonly scope: ProblemScope;
  readonly hint: string | undefined;

  constructor(code: string, message: string, details: ProblemDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.scope = details.scope;
    this.hint = details.hint;
  }
}

/** True for the one error class that carries a code for the operator. */
export function isProblem(error: unknown): error is ProblemError {
  return error instanceof ProblemError;
}
