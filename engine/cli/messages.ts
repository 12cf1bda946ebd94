import type { VFile } from "vfile";
import type { PlanProblem } from "../plan/index.ts";
import type { Terminal } from "./terminal.ts";
import { frameWords } from "./words/frame.ts";

/** Prints an author's messages, one per mistake: `file:line:column`, what is wrong, what to do. Returns how many are errors. */
export function printMessages(files: readonly VFile[], terminal: Terminal): number {
  const words = frameWords(terminal.language);
  let errors = 0;
  for (const file of files) {
    const ordered = [...file.messages].sort(
      (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
    );
    for (const message of ordered) {
      const severe = message.fatal === true;
      if (severe) errors += 1;
      const label = severe ? terminal.style("red", words.error) : terminal.style("yellow", words.warning);
      terminal.err(
        `${file.path}:${message.line ?? 1}:${message.column ?? 1} ${label} ${message.reason} [${message.ruleId ?? "constat"}]\n`,
      );
      if (message.note) terminal.err(`    → ${message.note}\n`);
    }
  }
  return errors;
}

/** Prints what runbooks and inventory together get wrong, in the same form. Returns how many there are. */
export function printProblems(problems: readonly PlanProblem[], terminal: Terminal): number {
  for (const { place, reason, remedy } of problems) {
    terminal.err(
      `${place.file}:${place.line}:${place.column} ${terminal.style("red", frameWords(terminal.language).error)} ${reason} [plan]\n    → ${remedy}\n`,
    );
  }
  return problems.length;
}
