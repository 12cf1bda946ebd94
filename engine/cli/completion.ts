import type { Command } from "commander";
import { oneOf } from "../base/one-of.ts";
import { ProblemError } from "../base/problem.ts";
import { commandWords } from "./completion/command-words.ts";
import { completionScript, SHELLS } from "./completion/scripts.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** `constat completion`: a script by which a shell completes commands, options and their choices. */
export function completion(shell: string, program: Command, terminal: Terminal): ExitCode {
  const known = SHELLS.find((name) => name === shell);
  if (known === undefined) {
    throw new ProblemError("SHELL_UNKNOWN", `« ${shell} » n’est pas un shell pour lequel il y a un script.`, {
      scope: "author",
      hint: `Écrivez ${oneOf(SHELLS)}.`,
    });
  }
  terminal.out(completionScript(known, commandWords(program)));
  return EXIT.ok;
}
