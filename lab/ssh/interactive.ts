import { parse } from "just-bash";
import { commands } from "./commands/index.ts";
import { DEVICE } from "./output-device.ts";
import { runShell, type ShellEnd, type ShellRun } from "./shell.ts";
import { newStreams, streamed } from "./streamed.ts";
import type { Terminal } from "./terminal.ts";

/**
 * One shell for the whole session, so that directory, variables, functions and `$?` live from one typed command to the next. The quoted
 * name keeps this eval from being rewritten: its text has been, and a substitution here would lose `$?`.
 */
const LOOP = [
  `while IFS= read -r -d '' __constat_command <${DEVICE}/next`,
  `do (exit "\${__constat_status:-0}"); 'eval' "$__constat_command"; __constat_status=$?; printf %s "$PWD" >${DEVICE}/cwd`,
  "done",
  `exit "\${__constat_status:-0}"`,
].join("\n");

/** Runs an interactive shell on a terminal until `exit` or Ctrl-D. */
export function runInteractive(
  run: Omit<ShellRun, "script" | "prompt">,
  terminal: Terminal,
  login: boolean,
): Promise<ShellEnd> {
  const { node, io } = run;
  const streams = newStreams(new Set(commands.map((command) => command.name)), true);
  let directory = "/root";
  const show = (text: string) => io.write("stdout", Buffer.from(text));
  if (login) show(`Linux ${node.name} ${node.versions.kernel} ${node.versions.kernelBuild} x86_64\n\n`);
  const next = async (signal: AbortSignal) => {
    show(`root@${node.name}:${directory.replace(/^\/root(?=\/|$)/, "~")}# `);
    let text = await terminal.readLine(signal);
    while (text !== undefined && isUnfinished(text)) {
      show("> ");
      const more = await terminal.readLine(signal);
      if (more === undefined) break;
      text += `\n${more}`;
    }
    if (text !== undefined) return `${streamed(text, streams)}\0`;
    show(login ? "\nlogout\n" : "\nexit\n");
    return undefined;
  };
  const remember = (path: string) => {
    directory = path;
  };
  const prompt = { next, directory: remember };
  return runShell({ ...run, script: LOOP, prompt });
}

/** True while quotes or a compound command are still open. */
function isUnfinished(text: string): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) return true;
  try {
    parse(text);
    return false;
  } catch (error) {
    return /unterminated|unexpected (?:end|eof)|expected '?(?:done|fi|esac|then|do|\})/i.test(String(error));
  }
}
