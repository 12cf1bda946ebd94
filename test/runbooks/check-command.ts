import { checkCall, notEverywhere } from "./check-call.ts";
import { type KnownCommand, readName } from "./known/fact.ts";
import { PROXMOX_TOOLS } from "./known/proxmox-tools.ts";
import { BUILTINS, SYSTEM_TOOLS, WORDS } from "./known/system-tools.ts";
import type { OnlyFor, ScriptCommand } from "./script-commands.ts";

const VERBS: Readonly<Record<string, string>> = { get: "GET", set: "PUT", create: "POST", delete: "DELETE" };
const PVESH_OPTIONS = ["output-format", "human-readable", "noborder", "noheader", "noproxy", "quiet"];

/** What is wrong with a command of a runbook in the versions that would run it; empty when it is known with all its options. */
export function checkCommand({ words, more, onlyFor }: ScriptCommand): readonly string[] {
  const [name = "", ...args] = words.filter((word, index) => word !== "{@}" && (word !== "{?}" || index === 0));
  // A command that only the inventory knows, as the one that cuts a node's power.
  if (name.startsWith("{") || BUILTINS.includes(name)) return [];
  if (CARRIERS.includes(name)) return checkCommand({ words: args.slice(carriedFrom(args)), more, onlyFor });
  if (name === "pvesh") return checkPvesh([...args, ...more], onlyFor);
  const own = Object.keys(PROXMOX_TOOLS).filter((known) => known.split(" ")[0] === name);
  if (own.length > 0) return checkOwnTool(name, args, own, onlyFor);
  return checkSystemTool(name, args);
}

/** What only carries another command: its own options and a number of seconds stand before that. */
const CARRIERS = ["env", "nohup", "setsid", "sudo", "timeout"];

function carriedFrom(args: readonly string[]): number {
  const at = args.findIndex((word) => !/^(?:-.*|\d+[smh]?|\w+=.*)$/.test(word));
  return at < 0 ? args.length : at;
}

function checkPvesh([verb = "", path = "", ...rest]: readonly string[], onlyFor: OnlyFor): readonly string[] {
  const method = VERBS[verb];
  if (method === undefined) return verb === "ls" ? [] : [`pvesh has no command '${verb}'`];
  const options = rest.filter((word) => word.startsWith("--")).map((word) => word.slice(2).split("=")[0] ?? "");
  return checkCall(
    method,
    path,
    options.filter((option) => !PVESH_OPTIONS.includes(option)),
    onlyFor,
  );
}

function checkOwnTool(
  name: string,
  args: readonly string[],
  own: readonly string[],
  onlyFor: OnlyFor,
): readonly string[] {
  const line = [name, ...args].join(" ");
  const subcommand = own.filter((known) => `${line} `.startsWith(`${known} `)).sort((a, b) => b.length - a.length)[0];
  const known = PROXMOX_TOOLS[subcommand ?? ""];
  if (subcommand === undefined || !known) return [`${name} has no command '${args.slice(0, 2).join(" ")}'`];
  const missing = notEverywhere(known.only, onlyFor);
  if (missing !== undefined) return [`${subcommand} is not in ${missing}`];
  const { options, operands } = optionsAndOperands(args.slice(subcommand.split(" ").length - 1));
  const surplus =
    operands.length > known.operands ? [`${subcommand} takes ${known.operands} words, not ${operands.length}`] : [];
  return [...surplus, ...options.flatMap((option) => checkOption(subcommand, known, option, onlyFor))];
}

function checkOption(subcommand: string, known: KnownCommand, option: string, onlyFor: OnlyFor): readonly string[] {
  const found = known.options.map(readName).find(({ pattern }) => pattern.test(option));
  if (!found) return [`${subcommand} has no option '--${option}'`];
  const missing = notEverywhere(found.only, onlyFor);
  return missing === undefined ? [] : [`${subcommand} has no option '--${option}' in ${missing}`];
}

/** Long options take the next word, unless that is an option too: Proxmox's flags may stand alone. */
function optionsAndOperands(args: readonly string[]): {
  readonly options: readonly string[];
  readonly operands: readonly string[];
} {
  const options: string[] = [];
  const operands: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    if (!/^--?[a-z]/i.test(word)) {
      operands.push(word);
      continue;
    }
    options.push(word.replace(/^--?/, "").split("=")[0] ?? "");
    const next = args[index + 1];
    if (!word.includes("=") && next !== undefined && !next.startsWith("-")) index += 1;
  }
  return { options, operands };
}

function checkSystemTool(name: string, args: readonly string[]): readonly string[] {
  const known = SYSTEM_TOOLS[name];
  if (!known) return [`${name} is not a known command`];
  const words = WORDS[name];
  const first = args.find((word) => !word.startsWith("-"));
  const unknown = words && first !== undefined && !words.includes(first) ? [`${name} has no command '${first}'`] : [];
  const end = args.indexOf("--");
  const flags = (end < 0 ? args : args.slice(0, end)).filter((word) => /^-{1,2}[A-Za-z0-9]/.test(word));
  return [...unknown, ...flags.flatMap((flag) => checkFlag(name, known, flag))];
}

/** "-br" is a name to some tools and three letters to others; a number may follow a letter at once ("-n5"). */
function checkFlag(name: string, { options }: KnownCommand, flag: string): readonly string[] {
  const bare = flag.replace(/^--?/, "").split("=")[0] ?? "";
  if (options.includes(bare)) return [];
  const [, first = "", rest = ""] = /^-([A-Za-z0-9])(.*)$/.exec(flag) ?? [];
  if (!flag.startsWith("--") && options.includes(first)) {
    const all = [...rest].every((letter) => options.includes(letter));
    if (all || /^[\d{]/.test(rest) || /[^A-Za-z0-9]/.test(rest)) return [];
  }
  return [`${name} has no option '${flag}'`];
}
