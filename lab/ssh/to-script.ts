import { parse, type ScriptNode, serialize } from "just-bash";

/**
 * The text of a syntax tree, checked: read again it must give the same tree, as just-bash's own serializer is not right about everything
 * (it escapes the parentheses of `[[ … =~ (…) ]]`, which is put right here). Undefined when it does not.
 */
export function toScript(tree: ScriptNode): string | undefined {
  const expected = JSON.stringify(essence(tree));
  keepPatterns(tree);
  const text = serialize(tree);
  return readAgain(text) === expected ? text : undefined;
}

function readAgain(text: string): string | undefined {
  try {
    return JSON.stringify(essence(parse(text)));
  } catch {
    return undefined;
  }
}

/** Positions and sources differ, and so does the way a character is spelled; the rest must not. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return mergeTexts(value.map(essence));
  if (typeof value !== "object" || value === null) return value;
  const { type, ...fields } = value as Fields;
  if (TEXTS.has(String(type))) return { text: fields["value"] ?? fields["pattern"] };
  const kept = Object.entries({ type, ...fields }).filter(([name, field]) => field !== undefined && !IGNORED.has(name));
  return Object.fromEntries(kept.map(([name, field]) => [name, essence(field)]));
}

type Fields = Record<string, unknown>;
const TEXTS = new Set(["Literal", "Escaped", "Glob"]);
const IGNORED = new Set(["line", "sourceText", "originalText", "sourceFile", "terminated"]);

function mergeTexts(parts: readonly unknown[]): unknown[] {
  const merged: unknown[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (hasText(part) && hasText(last)) merged[merged.length - 1] = { text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

function hasText(part: unknown): part is { readonly text: string } {
  return typeof part === "object" && part !== null && "text" in part && typeof part.text === "string";
}

/** Patterns of `=~` are written as they stand: the serializer leaves globs alone. */
function keepPatterns(value: unknown): void {
  if (Array.isArray(value)) value.forEach(keepPatterns);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const node = value as Fields;
  if (node["operator"] === "=~") {
    const right = node["right"] as { parts?: Fields[] } | undefined;
    right?.parts?.forEach((part, index, parts) => {
      if (part["type"] === "Literal") parts[index] = { type: "Glob", pattern: part["value"] };
    });
  }
  Object.values(node).forEach(keepPatterns);
}
