import { type ShellCommand, shellCommands } from "./shell-commands.ts";

/** A command by its name, freed of what only carries it (`sudo`, `timeout 5`, `env A=b`, `ssh pve2`, `bash -c`). */
export interface PlainCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly offset: number;
}

const RESERVED = ["if", "then", "elif", "else", "do", "while", "until", "!", "{", "}", "time", "coproc"];
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;
/** Carriers with the options that take a value, and how many words of their own stand before the command. */
const CARRIERS: ReadonlyMap<string, { readonly valued: readonly string[]; readonly own: number }> = new Map([
  ["sudo", { valued: ["-u", "-g", "-h", "-p", "-C", "-T"], own: 0 }],
  ["env", { valued: ["-u", "-C", "-S"], own: 0 }],
  ["nice", { valued: ["-n"], own: 0 }],
  ["ionice", { valued: ["-c", "-n", "-p"], own: 0 }],
  ["nohup", { valued: [], own: 0 }],
  ["setsid", { valued: [], own: 0 }],
  ["stdbuf", { valued: ["-i", "-o", "-e"], own: 0 }],
  ["command", { valued: [], own: 0 }],
  ["builtin", { valued: [], own: 0 }],
  ["exec", { valued: ["-a"], own: 0 }],
  ["timeout", { valued: ["-s", "-k"], own: 1 }],
  ["xargs", { valued: ["-n", "-I", "-P", "-L", "-d", "-a", "-E", "-s"], own: 0 }],
  ["watch", { valued: ["-n"], own: 0 }],
  [
    "ssh",
    { valued: ["-p", "-i", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-m", "-W", "-S", "-E"], own: 1 },
  ],
  ["sshpass", { valued: ["-p", "-f", "-d", "-P"], own: 0 }],
]);
const SHELLS = ["bash", "sh", "dash"];

/** Every command that a script would run, under its own name. */
export function plainCommands(script: string): readonly PlainCommand[] {
  return shellCommands(script).flatMap((command) => unwrap(command.words, command.offset, 0));
}

/** The files a script writes to by redirection. */
export function writtenFiles(script: string): ShellCommand["writes"] {
  return shellCommands(script).flatMap((command) => command.writes);
}

function unwrap(words: readonly string[], offset: number, depth: number): readonly PlainCommand[] {
  let at = 0;
  while (RESERVED.includes(words[at] ?? "") || ASSIGNMENT.test(words[at] ?? "")) at += 1;
  const name = words[at]?.split("/").at(-1);
  if (name === undefined || name === "" || depth > 5) return [];
  const args = words.slice(at + 1);
  const carrier = CARRIERS.get(name);
  if (carrier !== undefined) {
    let next = 0;
    while (args[next]?.startsWith("-")) next += carrier.valued.includes(args[next] ?? "") ? 2 : 1;
    // xargs appends words that only its input knows.
    const carried = [...args.slice(next + carrier.own), ...(name === "xargs" ? ["{}"] : [])];
    // ssh hands its words to a shell as one line.
    return name === "ssh" ? script(carried.join(" "), offset, depth) : unwrap(carried, offset, depth + 1);
  }
  if (name === "eval") return script(args.join(" "), offset, depth);
  const inline = SHELLS.includes(name) ? args.findIndex((word) => /^-[a-z]*c$/.test(word)) : -1;
  if (inline >= 0) return script(args[inline + 1] ?? "", offset, depth);
  const found = { name, args, offset };
  const executed = name === "find" ? args.findIndex((word) => /^-(?:exec|execdir|ok)$/.test(word)) : -1;
  return executed < 0 ? [found] : [found, ...unwrap(args.slice(executed + 1), offset, depth + 1)];
}

/** Commands inside a quoted script are reported where the outer command stands. */
function script(text: string, offset: number, depth: number): readonly PlainCommand[] {
  return shellCommands(text).flatMap((command) => unwrap(command.words, offset, depth + 1));
}
