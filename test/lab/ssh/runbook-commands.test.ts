import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getCommandNames, parse } from "just-bash";
import { expect, test } from "vitest";
import { commands } from "../../../lab/ssh/commands/index.ts";
import { literalOf } from "../../../lab/ssh/shell-words.ts";

const RUNBOOKS = join(import.meta.dirname, "..", "..", "..", "runbooks");
const BUILTINS = [
  "[",
  "cd",
  "break",
  "continue",
  "declare",
  "echo",
  "eval",
  "exec",
  "exit",
  "export",
  "local",
  "printf",
  "read",
  "return",
  "set",
  "shift",
  "source",
  "test",
  "umask",
  "unset",
  ":",
];
const known = new Set<string>([...commands.map((command) => command.name), ...getCommandNames(), ...BUILTINS]);

interface Use {
  readonly file: string;
  readonly word: string;
}

test("the lab has every command that a runbook uses", () => {
  const uses = readdirSync(RUNBOOKS)
    .filter((name) => name.endsWith(".md"))
    .flatMap((file) =>
      shellBlocks(readFileSync(join(RUNBOOKS, file), "utf8")).flatMap((script) =>
        commandWords(script).map((word): Use => ({ file, word })),
      ),
    );
  expect(uses.length).toBeGreaterThan(10);
  expect(uses.filter(({ word }) => !known.has(word))).toEqual([]);
});

test("commandWords() finds words in loops, lists, pipes, functions and substitutions", () => {
  const script =
    'for i in $(seq 3); do ping -c 1 "$i" | grep x || exit 1; done; f() { ceph -s; }; f; x="$(qm list)"; [[ -n $x ]] && ! curl y';
  expect(commandWords(script)).toEqual(["ping", "grep", "exit", "seq", "ceph", "qm", "curl"]);
});

/** Bodies of the shell fences that a node executes, without their settings; those of the operator's own machine are no business of the lab's. */
function shellBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^(`{3,}|~{3,})(?:bash|sh) *\{(?![^\n]* on=local\b)[^\n]*\n(.*?)^\1\s*$/gms)].map(
    ([, , body = ""]) => body.replace(/^#\|.*\n/gm, ""),
  );
}

/** Names of the commands of a script, functions it defines itself left out. */
function commandWords(script: string): string[] {
  const words: string[] = [];
  const functions = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as { readonly type?: string; readonly name?: unknown };
    if (node.type === "FunctionDef") functions.add(String(node.name));
    if (node.type === "SimpleCommand") {
      const word = literalOf(node.name as Parameters<typeof literalOf>[0]);
      if (word !== undefined) words.push(word);
    }
    Object.values(node).reverse().forEach(walk);
  };
  walk(parse(script));
  return words.filter((word) => !functions.has(word));
}
