import { parse } from "just-bash";

/** A word of a command: as it stands, quotes taken off, with `$name` and `$(…)` where only the running shell knows more. */
export interface Word {
  readonly text: string;
  /** Some of it is only known when it runs. */
  readonly dynamic: boolean;
  /** It may become several words, options among them: it begins with an expansion that no quotes hold. */
  readonly loose: boolean;
}

/** Something in a script that decides what it does to a machine; `line` counts from 1. */
export type ScriptPart =
  | { readonly type: "command"; readonly words: readonly Word[]; readonly line: number }
  | { readonly type: "write"; readonly target: Word; readonly line: number }
  | { readonly type: "assignment"; readonly name: string; readonly value: Word | undefined; readonly line: number }
  | { readonly type: "function"; readonly name: string; readonly line: number }
  /** What cannot be read before it runs. */
  | { readonly type: "opaque"; readonly text: string; readonly line: number };

type Node = { readonly type: string; readonly line?: number } & Readonly<Record<string, unknown>>;

const WRITING = new Set([">", ">>", ">|", "&>", "&>>", "<>", ">&"]);
/** Strings of the tree that hold no code. */
const PLAIN = new Set(["type", "value", "sourceText", "originalText", "delimiter", "operator", "text"]);
const HIDDEN = /\$\(|`/;

/** Everything that a bash script would do, substitutions, here-documents and functions included; a script that bash would not read is opaque. */
export function partsOfScript(script: string): readonly ScriptPart[] {
  const parts: ScriptPart[] = [];
  try {
    walk(parse(script) as unknown, 1, parts);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    parts.push({ type: "opaque", text: said.split("\n")[0] ?? said, line: 1 });
  }
  return parts;
}

function walk(value: unknown, line: number, parts: ScriptPart[]): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, line, parts);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const node = value as Node;
  const here = typeof node.line === "number" && node.line > line ? node.line : line;
  note(node, here, parts);
  for (const [key, inner] of Object.entries(node)) {
    // Quoted here-documents and single quotes are letters, whatever they look like.
    if (typeof inner === "string" && !PLAIN.has(key) && HIDDEN.test(inner) && node.type !== "ArithCommandSubst")
      parts.push({ type: "opaque", text: inner, line: here });
    else walk(inner, here, parts);
  }
}

function note(node: Node, line: number, parts: ScriptPart[]): void {
  switch (node.type) {
    case "SimpleCommand":
      if (node["name"] !== null) {
        const words = [node["name"], ...(node["args"] as readonly unknown[])].map(wordOf);
        parts.push({ type: "command", words, line });
      }
      return;
    case "Redirection":
      if (WRITING.has(String(node["operator"])) && !isDescriptor(node))
        parts.push({ type: "write", target: wordOf(node["target"]), line });
      return;
    case "Assignment":
      parts.push({
        type: "assignment",
        name: String(node["name"]),
        value: node["value"] === null ? undefined : wordOf(node["value"]),
        line,
      });
      return;
    case "For":
      parts.push({ type: "assignment", name: String(node["variable"]), value: undefined, line });
      return;
    case "ConditionalCommand":
      // Arithmetic within brackets runs what its letters hold: `[[ 'a[$(…)]' -eq 1 ]]`.
      if (HIDDEN.test(quotedIn(node))) parts.push({ type: "opaque", text: quotedIn(node), line });
      return;
    case "FunctionDef":
      parts.push({ type: "function", name: String(node["name"]), line });
      return;
    case "ArithCommandSubst":
      for (const part of partsOfScript(String(node["command"]))) parts.push({ ...part, line });
      return;
    case "Transform":
      // `${x@P}` runs what its value holds.
      if (node["operator"] === "P") parts.push({ type: "opaque", text: "@P", line });
      return;
    case "BadSubstitution":
    case "LengthSliceError":
    case "ArithSyntaxError":
      parts.push({ type: "opaque", text: String(node["text"] ?? node.type), line });
      return;
    case "Statement":
      if (node["deferredError"] !== undefined)
        parts.push({ type: "opaque", text: String((node["deferredError"] as Node)["message"]), line });
      return;
    default:
  }
}

function quotedIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(quotedIn).join(" ");
  if (typeof value !== "object" || value === null) return "";
  const { type, value: text } = value as Node;
  if (type === "SingleQuoted" || type === "Escaped") return String(text);
  return Object.values(value).map(quotedIn).join(" ");
}

/** `2>&1`, `>&-`: no file. */
function isDescriptor(node: Node): boolean {
  return node["operator"] === ">&" && /^(?:\d+-?|-)$/.test(wordOf(node["target"]).text);
}

function wordOf(value: unknown): Word {
  const parts = ((value as Node | null)?.["parts"] ?? []) as readonly Node[];
  const pieces = parts.map(pieceOf);
  const [first] = pieces;
  return {
    text: pieces.map(({ text }) => text).join(""),
    dynamic: pieces.some(({ dynamic }) => dynamic),
    loose: first?.loose === true || pieces.some(({ loose, splits }) => loose && splits),
  };
}

interface Piece {
  readonly text: string;
  readonly dynamic: boolean;
  readonly loose: boolean;
  /** It may hold blanks, which end the word. */
  readonly splits: boolean;
}

function pieceOf(part: Node): Piece {
  const fixed = (text: string): Piece => ({ text, dynamic: false, loose: false, splits: false });
  const open = (text: string, splits = true): Piece => ({ text, dynamic: true, loose: true, splits });
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "Escaped":
      return fixed(String(part["value"]));
    case "DoubleQuoted": {
      const inner = (part["parts"] as readonly Node[]).map(pieceOf);
      const text = inner.map((each) => each.text).join("");
      return { text, dynamic: inner.some(({ dynamic }) => dynamic), loose: false, splits: false };
    }
    case "Glob":
      // `[` alone is a command's name.
      return part["pattern"] === "[" ? fixed("[") : open(String(part["pattern"]), false);
    case "TildeExpansion":
      return fixed(`~${String(part["user"] ?? "")}`);
    case "ParameterExpansion":
      return open(`$${String(part["parameter"])}`);
    case "ArithmeticExpansion":
      return { text: "$((…))", dynamic: true, loose: false, splits: false };
    case "CommandSubstitution":
      return open(/^mktemp(?: -d)?$/.test(soleCommand(part["body"] as Node)) ? "$(mktemp)" : "$(…)");
    default:
      return open("$(…)");
  }
}

/** What a substitution consists of, where that is one command written out. */
function soleCommand(body: Node): string {
  const [statement] = body["statements"] as readonly Node[];
  return String(statement?.["sourceText"] ?? "").trim();
}
