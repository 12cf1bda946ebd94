import { ProblemError } from "../../base/problem.ts";
import type { WarmBrowser } from "./launch-browser.ts";

/** What the library throws when the process or its page is gone, or does not answer any more. */
export function isCrash(error: unknown, warm: WarmBrowser | undefined): boolean {
  if (warm !== undefined && !warm.browser.connected) return true;
  const message = error instanceof Error ? error.message : "";
  return /Target closed|Session closed|Page crashed|detached Frame|Connection closed|timed out\. Increase/i.test(
    message,
  );
}

/** The browser ended twice: ProblemError BROWSER_CRASHED. */
export function crashed(error: unknown): ProblemError {
  const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  return new ProblemError("BROWSER_CRASHED", `Le navigateur s’est arrêté deux fois de suite : ${reason}`, {
    scope: "environment",
    hint: "Libérer de la mémoire, vérifier /dev/shm, ou donner un autre navigateur dans CONSTAT_BROWSER.",
    cause: error,
  });
}
