import { isProblem, ProblemError } from "../base/problem.ts";

/** Does something to the disk; what the system refuses becomes a ProblemError EVIDENCE_WRITE_FAILED that says what could not be done. */
export async function onDisk<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (isProblem(cause) || (cause as NodeJS.ErrnoException).code === undefined) throw cause;
    throw new ProblemError("EVIDENCE_WRITE_FAILED", `${what} ne peut pas être écrit : ${(cause as Error).message}`, {
      scope: "environment",
      hint: "Vérifiez la place et les droits du dossier de sortie ; ce qui était écrit est conservé.",
      cause,
    });
  }
}
