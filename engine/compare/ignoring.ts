import { VOLATILE_RULES, type VolatileRule } from "./volatile-rules.ts";

/** A piece of a line: as it stands, or left out of the comparison by the rule of that name. */
export interface LinePart {
  readonly text: string;
  readonly rule: string | undefined;
}

/** What a comparison leaves out. */
export interface Ignoring {
  /** What is compared of a line: each part left out stands as `…`. */
  neutral(line: string): string;
  /** The line in pieces, for showing it. */
  parts(line: string): readonly LinePart[];
  /** The rule that leaves out a pair of values under a key; undefined when none does. */
  key(name: string, before: unknown, after: unknown): string | undefined;
}

export interface IgnoreOptions {
  /** Rules that hold, by name. */
  readonly rules: ReadonlySet<string>;
  /** Further patterns, each under a name of its own: an author's masks, `--ignore /…/`. */
  readonly patterns?: readonly { readonly name: string; readonly pattern: RegExp }[];
  /** What stands for a whole line that an author declared free; undefined for any other line. */
  readonly wholeLine?: ((line: string) => string | undefined) | undefined;
}

/** Beyond this a line is compared letter by letter: patterns on a megabyte without a line end cost more than they explain. */
const LONGEST = 16_384;
const HOLE = "…";
/** Several blanks are compared as one; everywhere else the hole itself shows that something stood there. */
const BLANK_RULE = "espaces";

/** Names of the rules that hold when nothing is said. */
export const USUAL_RULES: ReadonlySet<string> = new Set(
  VOLATILE_RULES.filter(({ usual }) => usual).map(({ name }) => name),
);

/** Joins rules and patterns to one reading of lines and keys. */
export function ignoring({ rules, patterns = [], wholeLine }: IgnoreOptions): Ignoring {
  const held = VOLATILE_RULES.filter(({ name }) => rules.has(name));
  const all = [
    ...patterns.map(({ name, pattern }) => ({ name, pattern: global(pattern) })),
    ...held.flatMap(({ name, parts }) => parts.map((pattern) => ({ name, pattern }))),
  ];
  const parts = (line: string): readonly LinePart[] => takeApart(line, all);
  return {
    parts,
    neutral: (line) =>
      wholeLine?.(line) ??
      parts(line)
        .map(({ text, rule }) => (rule === undefined ? text : rule === BLANK_RULE ? blank(text) : HOLE))
        .join(""),
    key: (name, before, after) => held.find((rule) => leavesOut(rule, name, before, after))?.name,
  };
}

function leavesOut({ keys, onlyNumbers }: VolatileRule, name: string, before: unknown, after: unknown): boolean {
  if (keys === undefined || !keys.test(name)) return false;
  return onlyNumbers !== true || (isNumber(before) && isNumber(after));
}

function isNumber(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isNumber);
  return typeof value === "number" || (typeof value === "string" && /^-?\d+(?:\.\d+)?%?$/.test(value));
}

/** A ruler keeps its sign, a gap becomes one blank. */
function blank(text: string): string {
  return text.trim() === "" ? " " : text.slice(0, 1);
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly rule: string;
}

function takeApart(
  line: string,
  all: readonly { readonly name: string; readonly pattern: RegExp }[],
): readonly LinePart[] {
  if (line.length > LONGEST) return [{ text: line, rule: undefined }];
  const found: Found[] = [];
  for (const { name, pattern } of all) {
    for (const match of line.matchAll(pattern)) {
      if (match[0] !== "") found.push({ from: match.index, to: match.index + match[0].length, rule: name });
    }
  }
  // Of two that begin together the longer one wins; what lies inside another adds nothing.
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const parts: LinePart[] = [];
  let at = 0;
  for (const { from, to, rule } of found) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    if (start > at) parts.push({ text: line.slice(at, start), rule: undefined });
    const last = parts.at(-1);
    // Two that overlap are one hole, so that their number does not depend on where they meet.
    if (start > from && last?.rule !== undefined && last.rule !== BLANK_RULE && rule !== BLANK_RULE)
      parts[parts.length - 1] = { text: last.text + line.slice(start, to), rule: last.rule };
    else parts.push({ text: line.slice(start, to), rule });
    at = to;
  }
  if (at < line.length) parts.push({ text: line.slice(at), rule: undefined });
  return parts;
}

function global({ source, flags }: RegExp): RegExp {
  return new RegExp(source, [...new Set(`${flags.replace("y", "")}g`)].join(""));
}
