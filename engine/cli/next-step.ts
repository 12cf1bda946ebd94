import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { NEXT_STEPS } from "./words/next-steps.ts";

/** After a command, tells a person at a terminal what is worth doing next; programs and logs get nothing. */
export function tellNextStep(command: Command, code: ExitCode, terminal: Terminal): void {
  const { json, quiet, sarif, graph } = command.opts<Record<string, unknown>>();
  if (!terminal.interactive || [json, quiet, sarif, graph].includes(true)) return;
  const language = terminal.language ?? "fr";
  const said = NEXT_STEPS[wordsOf(command)]?.[code]?.[language];
  if (said !== undefined)
    terminal.err(`${terminal.style("dim", `${language === "fr" ? "Ensuite :" : "Next:"} ${said}`)}\n`);
}

function wordsOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${parent.name()} ${command.name()}`;
}
