/**
 * What a Proxmox operation answers when it refuses: the exact text real nodes give. The doors dress it: the API in an envelope with
 * `status` and reason, the shell on stderr with an exit code.
 */
export class PveError extends Error {
  override readonly name = "PveError";
  /** HTTP status of the API's answer. */
  readonly status: number;
  /** Per parameter texts, with status 400 only. */
  readonly errors: Readonly<Record<string, string>> | undefined;

  constructor(message: string, status = 500, errors?: Readonly<Record<string, string>>) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** A refusal because of parameters: 400 "Parameter verification failed." with one text a parameter. */
export function parameterError(errors: Readonly<Record<string, string>>): PveError {
  return new PveError("Parameter verification failed.", 400, errors);
}

/** The text a task ends with, or a command prints, for anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
