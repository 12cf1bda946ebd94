import { createInterface } from "node:readline/promises";
import type { Step } from "../model/plan.ts";
import type { Terminal } from "./terminal.ts";

/** Asks a person before a destructive step. `--yes` answers; without a terminal the answer is no, never a guess. */
export function createConfirm(yes: boolean, terminal: Terminal): (step: Step, question: string) => Promise<boolean> {
  return async (step, question) => {
    if (yes) return true;
    if (!terminal.interactive) {
      terminal.err(`#${step.id} demande une confirmation : relancez avec --yes pour l’accorder d’avance.\n`);
      return false;
    }
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^(?:o|oui|y|yes)$/i.test((await prompt.question(`#${step.id} : ${question} [o/N] `)).trim());
    } finally {
      prompt.close();
    }
  };
}
