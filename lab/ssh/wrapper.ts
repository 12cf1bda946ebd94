import { parse } from "just-bash";
import { plainWords } from "./shell-words.ts";

/** What a command line asks the login shell to do, once the words that only start another shell are peeled off. */
export interface Started {
  /** Undefined: an interactive or input-fed shell (`bash`, `bash -s`). */
  readonly script: string | undefined;
  /** A file that holds the script instead (`bash FILE ARG…`). */
  readonly file: string | undefined;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Peels `exec`, `env`, `setsid`, `nohup` and `bash -c PROGRAM NAME ARG…` off a command line, as many times as they are there: just-bash
 * would run the inner shell to its end with all of its input taken beforehand, so the lab starts that shell itself. Any other command
 * line is a script as it stands.
 */
export function unwrap(commandLine: string): Started {
  const whole: Started = { script: commandLine, file: undefined, parameters: [], environment: {} };
  const words = singleCommand(commandLine);
  if (!words) return whole;
  const environment: Record<string, string> = {};
  const rest = [...words];
  while (rest.length > 0) {
    const first = rest[0] ?? "";
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(first);
    if (STARTERS.has(first)) rest.shift();
    else if (assignment && words[0] !== first)
      environment[assignment[1] ?? ""] = rest.shift()?.slice((assignment[1]?.length ?? 0) + 1) ?? "";
    else if (/^-[a-z]+$/.test(first) && rest.length < words.length) rest.shift();
    else break;
  }
  if (!SHELLS.has((rest.shift() ?? "").replace(/^.*\//, ""))) return whole;
  const inner = shellArguments(rest);
  if (!inner) return whole;
  if (inner.script === undefined) return { ...inner, environment };
  const deeper = inner.parameters.length === 0 ? unwrap(inner.script) : { ...inner, environment: {} };
  return { ...deeper, environment: { ...environment, ...deeper.environment } };
}

const STARTERS = new Set(["exec", "env", "setsid", "nohup", "command", "--"]);
const SHELLS = new Set(["bash", "sh", "dash"]);

function singleCommand(commandLine: string): readonly string[] | undefined {
  try {
    const [statement, ...others] = parse(commandLine).statements;
    const [pipeline, ...pipelines] = statement?.pipelines ?? [];
    const [command, ...piped] = pipeline?.commands ?? [];
    if (others.length + pipelines.length + piped.length > 0 || command?.type !== "SimpleCommand") return undefined;
    if (command.redirections.length > 0 || command.assignments.length > 0 || pipeline?.negated) return undefined;
    return plainWords(command);
  } catch {
    return undefined;
  }
}

/** Reads a shell's own arguments: options, then `-c PROGRAM NAME ARG…`, or `FILE ARG…`, or nothing. */
function shellArguments(words: readonly string[]): Omit<Started, "environment"> | undefined {
  let fromInput = false;
  for (const [index, word] of words.entries()) {
    const after = words.slice(index + 1);
    if (word === "--")
      return { script: undefined, file: fromInput ? undefined : after[0], parameters: after.slice(fromInput ? 0 : 1) };
    if (LONG_OPTIONS.has(word)) continue;
    if (/^-[a-z]*c$/.test(word)) return { script: after[0] ?? "", file: undefined, parameters: after.slice(2) };
    if (word === "-s") fromInput = true;
    // `-e`, `-x` and the like change how the script runs: left to just-bash.
    else if (word.startsWith("-") && word !== "-l" && word !== "-") return undefined;
    else if (!word.startsWith("-")) {
      return fromInput
        ? { script: undefined, file: undefined, parameters: words.slice(index) }
        : { script: undefined, file: word, parameters: after };
    }
  }
  return { script: undefined, file: undefined, parameters: [] };
}

const LONG_OPTIONS = new Set(["--noprofile", "--norc", "--login", "--posix"]);
