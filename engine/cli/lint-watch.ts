import { isProblem } from "../base/problem.ts";
import type { ExitCode } from "./exit-code.ts";
import { EXIT } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { watchSources } from "./watch-sources.ts";

/** `constat lint --watch`: the same again after each change. Its first and last lines frame each look for an editor's problem matcher. */
export async function lintWatch(
  paths: readonly string[],
  once: () => Promise<ExitCode>,
  terminal: Terminal,
): Promise<ExitCode> {
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  try {
    await watchSources(
      paths,
      async () => {
        terminal.err("Vérification…\n");
        try {
          await once();
        } catch (error) {
          // A file that is being replaced is not there for a moment: it comes back, or the next look says so again.
          if (!isProblem(error)) throw error;
          terminal.err(`${error.code} ${error.message}\n`);
        }
        terminal.err("En attente d’un changement (Ctrl-C pour finir).\n");
      },
      stop.signal,
    );
    return EXIT.interrupted;
  } finally {
    process.off("SIGINT", end);
    process.off("SIGTERM", end);
  }
}
