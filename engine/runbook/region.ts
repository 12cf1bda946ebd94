import type { Place } from "../model/place.ts";

/** One line of a region: its text, and where that text starts in the file. */
export interface RegionLine {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A piece of an author's file, freed of what Markdown puts before it (quote marks, list indentation), positions kept. */
export interface Region {
  readonly file: string;
  readonly lines: readonly RegionLine[];
  /** The lines joined by `\n`. */
  readonly text: string;
}

/** Lines of a text, cut where Markdown cuts them: not at U+2028, which stays inside a line. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

/** A region of lines that are already placed. */
export function region(file: string, lines: readonly RegionLine[]): Region {
  return { file, lines, text: lines.map((line) => line.text).join("\n") };
}

/**
 * Finds each line of a Markdown node's value again in the file: what the containers had before it was stripped, and a tab of an
 * indentation may have become spaces. The n-th line of the value stands on line `firstLine + n`.
 */
export function locate(file: string, source: readonly string[], value: string, firstLine: number): Region {
  const lines = linesOf(value).map((text, index) => {
    const line = firstLine + index;
    const written = source[line - 1] ?? "";
    if (written.endsWith(text)) return { text, line, column: written.length - text.length + 1 };
    const bare = text.trimStart();
    const indentation = text.length - bare.length;
    return { text, line, column: Math.max(1, written.length - bare.length + 1 - indentation) };
  });
  return region(file, lines);
}

/** The place in the file of a character of the region's text. */
export function placeAt(from: Region, offset: number): Place {
  let start = 0;
  let last: RegionLine | undefined;
  for (const line of from.lines) {
    last = line;
    if (offset <= start + line.text.length) {
      return { file: from.file, line: line.line, column: line.column + Math.max(0, offset - start) };
    }
    start += line.text.length + 1;
  }
  return { file: from.file, line: last?.line ?? 1, column: (last?.column ?? 1) + (last?.text.length ?? 0) };
}

/** What remains of a region from a character on. */
export function regionFrom(whole: Region, offset: number, end = whole.text.length): Region {
  const lines: RegionLine[] = [];
  let start = 0;
  for (const line of whole.lines) {
    const from = Math.max(0, offset - start);
    const to = Math.min(line.text.length, end - start);
    if (from <= line.text.length && to >= 0 && start <= end) {
      lines.push({ text: line.text.slice(from, Math.max(from, to)), line: line.line, column: line.column + from });
    }
    start += line.text.length + 1;
  }
  return region(whole.file, lines);
}
