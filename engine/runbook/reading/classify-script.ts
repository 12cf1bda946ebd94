import { isMutating } from "../lint/mutating-commands.ts";
import { isScratch } from "../lint/scratch-path.ts";
import { readsOnly } from "./known-readers.ts";
import { partsOfScript, type ScriptPart, type Word } from "./script-syntax.ts";

/** Why a script may not run where nothing is to be changed. `changes`: it would; `unknown`: nothing says that it would not. */
export interface Doubt {
  readonly type: "changes" | "unknown";
  /** In French, a whole sentence. */
  readonly reason: string;
  /** Characters from the script's start. */
  readonly offset: number;
}

/** Words with which a command runs another one, and how many words of its own stand before it. */
const CARRIERS: ReadonlyMap<string, { readonly valued: readonly string[]; readonly own: number }> = new Map([
  ["sudo", { valued: ["-u", "-g"], own: 0 }],
  ["env", { valued: ["-u"], own: 0 }],
  ["nice", { valued: ["-n"], own: 0 }],
  ["nohup", { valued: [], own: 0 }],
  ["stdbuf", { valued: ["-i", "-o", "-e"], own: 0 }],
  ["command", { valued: [], own: 0 }],
  ["builtin", { valued: [], own: 0 }],
  ["exec", { valued: ["-a"], own: 0 }],
  ["timeout", { valued: ["-s", "-k"], own: 1 }],
  ["time", { valued: ["-f"], own: 0 }],
  ["xargs", { valued: ["-n", "-I", "-L", "-d", "-E", "-s"], own: 0 }],
]);
/** Names by which a shell finds or runs other things than the script says. */
const HIJACKING =
  /^(?:PATH|LD_\w+|BASH_ENV|ENV|IFS|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|PERL5\w*|PYTHON\w*|PAGER|SYSTEMD_PAGER|LESSOPEN|BASH_FUNC_.*)$/;
const STANDARD = /^(?:\/usr)?(?:\/local)?\/s?bin\/([^/]+)$/;
const DEEPEST = 6;

/** What stands against running a script where nothing may change; empty when every command in it is known to read only. */
export function doubtsAbout(script: string): readonly Doubt[] {
  return judge(script, DEEPEST).map(({ type, reason, word, line }) => ({
    type,
    reason,
    offset: offsetOf(script, word, line),
  }));
}

/** Whether a script asks commands that open disks to read what is on them. */
export function readsDisks(script: string): boolean {
  return DISKS.test(script);
}

const DISKS =
  /(?<![\w-])(?:pvs|vgs|lvs|[plv]vdisplay|vgdisplay|blkid|wipefs|s?fdisk|sgdisk|parted|smartctl|mdadm|zpool|zfs|ceph-volume)(?![\w-])/;

interface Found {
  readonly type: Doubt["type"];
  readonly reason: string;
  /** How it is written in the script. */
  readonly word: string;
  readonly line: number;
}

function judge(script: string, depth: number): readonly Found[] {
  const parts = partsOfScript(script);
  const functions = new Set(parts.flatMap((part) => (part.type === "function" ? [part.name] : [])));
  const scratch = scratchVariables(parts);
  return parts.flatMap((part) => judgePart(part, { functions, scratch, depth }));
}

interface Scope {
  readonly functions: ReadonlySet<string>;
  readonly scratch: ReadonlySet<string>;
  readonly depth: number;
}

function judgePart(part: ScriptPart, scope: Scope): readonly Found[] {
  const { line } = part;
  switch (part.type) {
    case "command":
      return judgeCommand(part.words, line, scope);
    case "write": {
      const { text } = part.target;
      if (isSafe(part.target, scope)) return [];
      if (part.target.dynamic)
        return [unknown(`Il écrit dans « ${text} », dont rien ne dit que ce soit sous /tmp.`, text, line)];
      return [changes(`Un .check ne fait que lire, or il écrit dans « ${text} » (hors de /tmp).`, text, line)];
    }
    case "assignment":
      return HIJACKING.test(part.name) && part.name !== "IFS"
        ? [unknown(`« ${part.name} » change ce que les commandes suivantes désignent.`, part.name, line)]
        : [];
    case "opaque":
      return [unknown(`Ceci ne se lit pas avant de s’exécuter : « ${part.text.slice(0, 60)} ».`, part.text, line)];
    case "function":
      return [];
  }
}

function judgeCommand(words: readonly Word[], line: number, scope: Scope): readonly Found[] {
  const [first, ...args] = words;
  if (first === undefined) return [];
  const { text } = first;
  if (first.dynamic) return [unknown(`La commande « ${text} » n’est connue qu’à l’exécution.`, text, line)];
  const name = STANDARD.exec(text)?.[1] ?? text;
  if (scope.functions.has(name)) return [];
  if (name.includes("/")) return [unknown(`« ${text} » n’est pas une commande du système.`, text, line)];
  const carried = carriedBy(name, args, scope.depth);
  if (carried === "unknown") return [unknown(`Rien ne dit ce que « ${shown(words)} » exécute.`, name, line)];
  if (carried !== undefined) {
    if (scope.depth <= 0) return [unknown(`« ${name} » est imbriqué trop profondément.`, name, line)];
    if ("script" in carried)
      return judge(carried.script, scope.depth - 1).map((found) => ({ ...found, word: name, line }));
    return judgeCommand(carried.words, line, { ...scope, depth: scope.depth - 1 });
  }
  const executed = name === "find" ? args.findIndex((word) => /^-(?:exec|execdir|ok|okdir)$/.test(word.text)) : -1;
  const own = executed < 0 ? args : args.slice(0, executed);
  const inner = executed < 0 ? [] : judgeCommand(args.slice(executed + 1), line, { ...scope, depth: scope.depth - 1 });
  return [...judgePlain(name, own, line, scope), ...inner];
}

function judgePlain(name: string, args: readonly Word[], line: number, scope: Scope): readonly Found[] {
  const hijacked = DECLARING.has(name)
    ? args.find(({ text }) => HIJACKING.test(text.split("=")[0] ?? "") && text.includes("="))
    : undefined;
  if (hijacked !== undefined)
    return [unknown(`« ${hijacked.text} » change ce que les commandes suivantes désignent.`, name, line)];
  const plain = args.map((word) => (isSafe(word, scope) ? "/tmp/x" : word.text));
  if (isMutating({ name, args: plain, offset: 0 }))
    return [
      changes(
        `Un .check ne fait que lire, or « ${[name, ...texts(args).slice(0, 2)].join(" ")} » change quelque chose.`,
        name,
        line,
      ),
    ];
  if (WRITERS.has(name) && args.some((word) => isSafe(word, scope))) return [];
  const reads = readsOnly(name, args);
  if (reads === true) return [];
  const what = shown([{ text: name, dynamic: false, loose: false }, ...args]);
  return [
    reads === undefined
      ? unknown(`Rien ne dit que « ${name} » ne fait que lire : cette commande n’est pas connue.`, name, line)
      : unknown(`Rien ne dit que « ${what} » ne fait que lire.`, name, line),
  ];
}

/** Commands that write where they are told: harmless where they were found to write below `/tmp` alone. */
const WRITERS = new Set(["rm", "rmdir", "touch", "mkdir", "tee", "cp", "mv", "truncate", "chmod"]);

/** The command that another one runs, or the script; `unknown` when it cannot be said, undefined when it runs none. */
function carriedBy(
  name: string,
  args: readonly Word[],
  depth: number,
): { readonly words: readonly Word[] } | { readonly script: string } | "unknown" | undefined {
  if (depth < -1) return "unknown";
  if (/^(?:bash|sh|dash|ksh|zsh)$/.test(name)) {
    const at = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
    return at < 0 ? "unknown" : asScript(args[at + 1]);
  }
  if (name === "eval") return args.length === 1 ? asScript(args[0]) : "unknown";
  if (name === "trap")
    return args.length === 0 || args[0]?.text === "-" || args[0]?.text === "-p" ? undefined : asScript(args[0]);
  const carrier = CARRIERS.get(name);
  if (carrier === undefined || (name === "command" && /^-[vV]$/.test(args[0]?.text ?? ""))) return undefined;
  let at = 0;
  while (args[at]?.text.startsWith("-")) at += carrier.valued.includes(args[at]?.text ?? "") ? 2 : 1;
  at += carrier.own;
  while (name === "env" && /^[A-Za-z_]\w*=/.test(args[at]?.text ?? "")) {
    if (HIJACKING.test((args[at]?.text ?? "").split("=")[0] ?? "")) return "unknown";
    at += 1;
  }
  const words = args.slice(at);
  if (words.length === 0) return name === "exec" ? { script: "" } : "unknown";
  // Only its input knows what xargs appends.
  return { words: name === "xargs" ? [...words, { text: "$(…)", dynamic: true, loose: true }] : words };
}

function asScript(word: Word | undefined): { readonly script: string } | "unknown" {
  return word === undefined || word.dynamic ? "unknown" : { script: word.text };
}

/** Variables that the script itself points into `/tmp`, and nowhere else. */
function scratchVariables(parts: readonly ScriptPart[]): ReadonlySet<string> {
  const names = new Map<string, boolean>();
  const set = (name: string, value: string): void => {
    const safe = (/^\/tmp\/[^.]/.test(value) && !value.includes("..")) || /^\$\(mktemp\)$/.test(value);
    names.set(name, safe && names.get(name) !== false);
  };
  for (const part of parts) {
    if (part.type === "assignment") set(part.name, part.value?.text ?? "");
    if (part.type !== "command" || !SETTERS.has(part.words[0]?.text ?? "")) continue;
    for (const { text } of part.words.slice(1)) {
      const [, name = text, value] = /^(\w+)\+?=(.*)$/s.exec(text) ?? [];
      // Declared and not given anything yet.
      if (value !== undefined || !DECLARING.has(part.words[0]?.text ?? "")) set(name, value ?? "");
    }
  }
  return new Set([...names].flatMap(([name, safe]) => (safe ? [`$${name}`] : [])));
}

/** Commands that give variables their values, those that only declare them when there is none. */
const DECLARING = new Set(["local", "declare", "typeset", "readonly", "export"]);
const SETTERS = new Set([...DECLARING, "read", "mapfile", "readarray", "printf", "getopts"]);

function isSafe({ text, dynamic }: Word, { scratch }: Scope): boolean {
  return scratch.has(text) || (!dynamic && isScratch(text));
}

function texts(words: readonly Word[]): readonly string[] {
  return words.map(({ text }) => text);
}

function shown(words: readonly Word[]): string {
  const text = texts(words).join(" ").replaceAll("\n", " ");
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function changes(reason: string, word: string, line: number): Found {
  return { type: "changes", reason, word, line };
}

function unknown(reason: string, word: string, line: number): Found {
  return { type: "unknown", reason, word, line };
}

/** Where a word stands, on its line or after it; the line's start when it is not found as it is read. */
function offsetOf(script: string, word: string, line: number): number {
  const start =
    script
      .split("\n")
      .slice(0, Math.max(0, line - 1))
      .join("\n").length + (line > 1 ? 1 : 0);
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, "g");
  found.lastIndex = start;
  return found.exec(script)?.index ?? start;
}
