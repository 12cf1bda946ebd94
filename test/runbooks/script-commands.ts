import { parse, type WordNode } from "just-bash";

/** The version of Proxmox VE for which alone a command is typed. */
export type OnlyFor = "8.4" | "9" | undefined;

/** A command of a script: its words, with "{}" for what only a run knows, and "{?}" where any number of words may come. */
export interface ScriptCommand {
  readonly words: readonly string[];
  /** Set inside the branches of `case "$(pveversion)" in`. */
  readonly onlyFor: OnlyFor;
  /** Given to it by "$@" from the script's own `set --`. */
  readonly more: readonly string[];
}

/** Every command of a script, functions' bodies and substitutions included, calls of its own functions left out. Variables that the script sets once to something known are filled in. */
export function scriptCommands(script: string): readonly ScriptCommand[] {
  const found: { node: CommandNode; onlyFor: OnlyFor }[] = [];
  const functions = new Set<string>();
  const walk = (value: unknown, onlyFor: OnlyFor): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, onlyFor);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as { readonly type?: string };
    if (node.type === "FunctionDef") functions.add(String((value as { name?: unknown }).name));
    if (node.type === "SimpleCommand") found.push({ node: value as CommandNode, onlyFor });
    if (node.type === "Case") walkCase(value as CaseLike, onlyFor, walk);
    else for (const child of Object.values(value)) walk(child, onlyFor);
  };
  walk(parse(script), undefined);
  const values = assigned(found.map(({ node }) => node));
  const commands = found.flatMap(({ node, onlyFor }) => {
    const words = [node.name, ...node.args].flatMap((word) =>
      word ? [splits(word) ? "{?}" : textOf(word, values)] : [],
    );
    return words.length === 0 || functions.has(words[0] ?? "") ? [] : [{ words, onlyFor }];
  });
  const handed = commands
    .filter(({ words }) => words[0] === "set" && words[1] === "--")
    .flatMap(({ words }) => words.slice(2));
  return commands.map(({ words, onlyFor }) => ({ words, onlyFor, more: words.includes("{@}") ? handed : [] }));
}

interface CommandNode {
  readonly name: WordNode | null;
  readonly args: readonly WordNode[];
  readonly assignments: readonly { readonly name: string; readonly value: WordNode | null }[];
}

interface CaseLike {
  readonly word: WordNode;
  readonly items: readonly { readonly patterns: readonly WordNode[]; readonly body: unknown }[];
}

function walkCase({ word, items }: CaseLike, onlyFor: OnlyFor, walk: (value: unknown, onlyFor: OnlyFor) => void): void {
  walk(word, onlyFor);
  const byVersion = JSON.stringify(word).includes('"pveversion"');
  for (const { patterns, body } of items) {
    const texts = patterns.map((pattern) => textOf(pattern, new Map()));
    const eight = texts.some((text) => text.startsWith("pve-manager/8"));
    walk(body, byVersion ? (eight ? "8.4" : "9") : onlyFor);
  }
}

/** What variables hold that are set once, by an assignment or `local`. */
function assigned(commands: readonly CommandNode[]): ReadonlyMap<string, string> {
  const values = new Map<string, string[]>();
  const add = (name: string, text: string) => values.set(name, [...(values.get(name) ?? []), text]);
  for (const { name, args, assignments } of commands) {
    for (const each of assignments) if (each.value) add(each.name, textOf(each.value, new Map()));
    if (!name || textOf(name, new Map()) !== "local") continue;
    for (const text of args.map((word) => textOf(word, new Map()))) {
      const [, variable, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
      if (variable !== undefined && value !== undefined) add(variable, value);
    }
  }
  return new Map(
    [...values].flatMap(([name, [only = "", ...others]]) =>
      others.length === 0 && only !== "{}" ? [[name, only]] : [],
    ),
  );
}

/** An unquoted variable may become any number of words: the extra options that a site gives, say. */
function splits(word: WordNode): boolean {
  const [part, ...others] = word.parts;
  return others.length === 0 && part?.type === "ParameterExpansion" && part.parameter !== "@";
}

function textOf(word: { readonly parts: readonly unknown[] }, values: ReadonlyMap<string, string>): string {
  return word.parts.map((part) => partText(part as Part, values)).join("");
}

interface Part {
  readonly type: string;
  readonly value?: string;
  readonly pattern?: string;
  readonly parts?: readonly unknown[];
  readonly parameter?: string;
  readonly operation?: unknown;
}

function partText(part: Part, values: ReadonlyMap<string, string>): string {
  if (part.type === "Literal" || part.type === "SingleQuoted" || part.type === "Escaped") return part.value ?? "";
  if (part.type === "DoubleQuoted") return textOf({ parts: part.parts ?? [] }, values);
  if (part.type === "Glob") return part.pattern ?? "*";
  if (part.type !== "ParameterExpansion") return "{}";
  if (part.parameter === "@") return "{@}";
  return part.operation ? "{}" : (values.get(part.parameter ?? "") ?? "{}");
}
