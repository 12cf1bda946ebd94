import { createInterface } from "node:readline/promises";
import type { Step } from "../model/plan.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Asks a person before a destructive step. `--yes` answers; without a terminal the answer is no, never a guess; so it is when the signal
 * or the end of the input comes first.
 */
export function createConfirm(
  yes: boolean,
  terminal: Terminal,
  input: NodeJS.ReadableStream = process.stdin,
): (step: Pick<Step, "id">, question: string, signal: AbortSignal) => Promise<boolean> {
  return async (step, question, signal) => {
    if (yes) return true;
    if (!terminal.interactive) {
      terminal.err(`#${step.id} demande une confirmation : relancez avec --yes pour l’accorder d’avance.\n`);
      return false;
    }
    const prompt = createInterface({ input, output: process.stderr });
    const closed = new Promise<string>((resolve) => prompt.once("close", () => resolve("")));
    // A terminal in this mode gives Ctrl-C to the prompt instead of the process.
    prompt.once("SIGINT", () => process.emit("SIGINT"));
    try {
      const asked = prompt.question(`#${step.id} : ${question} [o/N] `, { signal });
      return /^(?:o|oui|y|yes)$/i.test((await Promise.race([asked, closed])).trim());
    } catch (error) {
      if (signal.aborted || (error instanceof Error && error.name === "AbortError")) return false;
      throw error;
    } finally {
      prompt.close();
    }
  };
}
