/**
 * A JSON text laid out for reading: what fits stays on one line, the rest is broken and indented. Scalars keep their letters.
 * Undefined when the text is not one JSON object or list.
 */
export function layOutJson(text: string, columns: number): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return print(parse(text), "", columns);
  } catch {
    return undefined;
  }
}

/** A scalar as it was spelled. */
class Spelled {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** `JSON.parse` tells the spelling of scalars to its reviver; so a long number or an escape is not changed. */
function parse(text: string): unknown {
  const keep: Reviver = (_key, value, { source }) => (source === undefined ? value : new Spelled(source));
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

function print(value: unknown, indent: string, columns: number, used = indent.length): string {
  const flat = onOneLine(value);
  if (used + flat.length <= columns || value instanceof Spelled) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const all = members(value);
  if (all.length === 0) return flat;
  // A record of scalars stays compact: as many members on a line as fit.
  if (all.every(({ item }) => item instanceof Spelled)) {
    const words = all.map(({ key, item }) => `${key}${onOneLine(item)}`);
    const lines = fill(words, columns - inner.length, columns - used - open.length);
    return `${open} ${lines.join(`\n${inner}`)} ${close}`;
  }
  const parts = all.map(
    ({ key, item }) => `${inner}${key}${print(item, inner, columns, inner.length + key.length + 1)}`,
  );
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

/** Room for a blank, a closing bracket and a comma. */
const CLOSING = 3;

/** Words with their commas, packed into lines of at most `columns`; what stands before the first line leaves it `first`. */
function fill(words: readonly string[], columns: number, first: number): readonly string[] {
  const lines: string[] = [];
  words.forEach((word, index) => {
    const text = index === words.length - 1 ? word : `${word},`;
    const last = lines.at(-1);
    const room = lines.length === 1 ? first : columns;
    if (last !== undefined && last.length + 1 + text.length + CLOSING <= room)
      lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  });
  return lines;
}

function onOneLine(value: unknown): string {
  if (value instanceof Spelled) return value.source;
  const parts = members(value).map(({ key, item }) => `${key}${onOneLine(item)}`);
  if (Array.isArray(value)) return `[${parts.join(", ")}]`;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function members(value: unknown): readonly { readonly key: string; readonly item: unknown }[] {
  if (Array.isArray(value)) return value.map((item) => ({ key: "", item }));
  return Object.entries(value as object).map(([key, item]) => ({ key: `${JSON.stringify(key)}: `, item }));
}
