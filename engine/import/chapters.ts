import { fencedLines } from "./markdown-body.ts";
import { isBlank, type SourceLine } from "./source-line.ts";
import { findTitles, markedTitle, type Title } from "./titles.ts";

/** A chapter's own lines, between the titles of its sections. */
export interface SplitChapter {
  readonly number: number;
  /** The title as it is written; empty when the report has none. */
  readonly title: string;
  readonly line: number;
  readonly parts: readonly { readonly heading: Title | undefined; readonly lines: readonly SourceLine[] }[];
}

/** Cuts a report at its chapters; what stands before the first belongs to it. Without any, the whole is one. */
export function splitChapters(lines: readonly SourceLine[], markdown: boolean): readonly SplitChapter[] {
  const titles = allTitles(lines, markdown);
  const openings = openingsOf(titles);
  const at = new Map(titles.map((title) => [title.line, title]));
  const chapters: {
    number: number;
    title: string;
    line: number;
    parts: { heading: Title | undefined; lines: SourceLine[] }[];
  }[] = [];
  const open = (number: number, title: string, line: number) =>
    chapters.push({ number, title, line, parts: [{ heading: undefined, lines: [] }] });
  let preamble: SourceLine[] = [];
  for (const line of lines) {
    const title = at.get(line);
    const opening = title && openings.get(title);
    const current = chapters.at(-1);
    if (title !== undefined && opening !== undefined) {
      open(opening, title.numbers.length > 0 ? title.text : `${opening}. ${title.text}`, line.number);
      if (current === undefined) chapters.at(-1)?.parts[0]?.lines.push(...preamble);
      preamble = [];
    } else if (current === undefined) preamble.push(title === undefined || title.marks === 0 ? line : lowered(line));
    else if (title === undefined) current.parts.at(-1)?.lines.push(line);
    else current.parts.push({ heading: title, lines: [] });
  }
  if (chapters.length === 0 && preamble.some(({ text }) => !isBlank(text))) {
    open(1, "", preamble[0]?.number ?? 1);
    chapters[0]?.parts[0]?.lines.push(...preamble);
  }
  return chapters;
}

function allTitles(lines: readonly SourceLine[], markdown: boolean): readonly Title[] {
  const fenced = markdown ? fencedLines(lines) : new Set<SourceLine>();
  const numbered = findTitles(lines.filter((line) => !fenced.has(line)));
  if (!markdown) return numbered;
  const known = new Map(numbered.map((title) => [title.line, title]));
  return lines.flatMap((line) => known.get(line) ?? (fenced.has(line) ? [] : (markedTitle(line) ?? [])));
}

/** The titles that open a chapter with its number: those that have one; else every first-level heading, where there are several or one. */
function openingsOf(titles: readonly Title[]): ReadonlyMap<Title, number> {
  const numbered = titles.filter(({ numbers }) => numbers.length === 1);
  if (numbered.length > 0) return new Map(numbered.map((title) => [title, title.numbers[0] ?? 1]));
  return new Map(
    titles
      .filter(({ marks, numbers }) => marks === 1 && numbers.length === 0)
      .map((title, index) => [title, index + 1]),
  );
}

/** A first-level title before the first chapter would be a second one. */
function lowered(line: SourceLine): SourceLine {
  return { ...line, text: line.text.replace(/^( {0,3})#(?=[ \t])/, "$1##") };
}
