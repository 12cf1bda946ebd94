import type { Ignoring } from "./ignoring.ts";
import { matchItems } from "./match-items.ts";

/** A line of either text, or of both: equal, equal but for what is left out, only before, only after. Numbers from 1. */
export type DiffedLine =
  | { readonly mark: " "; readonly before: number; readonly after: number; readonly text: string }
  | { readonly mark: "~"; readonly before: number; readonly after: number; readonly old: string; readonly text: string }
  | { readonly mark: "-"; readonly before: number; readonly text: string }
  | { readonly mark: "+"; readonly after: number; readonly text: string };

export interface TextDifference {
  readonly removed: number;
  readonly added: number;
  /** Lines that differ only in what is left out. */
  readonly ignored: number;
  /** All lines in order; what was removed stands before what was added in its place. */
  readonly lines: readonly DiffedLine[];
}

/** What differs between two texts, line by line. */
export function compareTexts(
  before: readonly string[],
  after: readonly string[],
  ignored: Pick<Ignoring, "neutral">,
): TextDifference {
  const known = new Map<string, string>();
  const neutral = (line: string): string => {
    const found = known.get(line) ?? ignored.neutral(line);
    known.set(line, found);
    return found;
  };
  const lines = matchItems(before.map(neutral), after.map(neutral)).map((match): DiffedLine => {
    const old = match.before === undefined ? "" : (before[match.before] ?? "");
    const text = match.after === undefined ? "" : (after[match.after] ?? "");
    if (match.after === undefined) return { mark: "-", before: (match.before ?? 0) + 1, text: old };
    if (match.before === undefined) return { mark: "+", after: match.after + 1, text };
    const numbers = { before: match.before + 1, after: match.after + 1 };
    return old === text ? { mark: " ", ...numbers, text } : { mark: "~", ...numbers, old, text };
  });
  const count = (mark: DiffedLine["mark"]): number => lines.filter((line) => line.mark === mark).length;
  return { removed: count("-"), added: count("+"), ignored: count("~"), lines: removedFirst(lines) };
}

/** Within a run of changes all that went stands before all that came: the two states read one after the other. */
function removedFirst(lines: readonly DiffedLine[]): readonly DiffedLine[] {
  const ordered: DiffedLine[] = [];
  let came: DiffedLine[] = [];
  for (const line of lines) {
    if (line.mark === "+") {
      came.push(line);
      continue;
    }
    if (line.mark !== "-") {
      for (const each of came) ordered.push(each);
      came = [];
    }
    ordered.push(line);
  }
  return [...ordered, ...came];
}
