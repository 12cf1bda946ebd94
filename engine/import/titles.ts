import { isBlank, type SourceLine } from "./source-line.ts";

/** A line that is a title: `3.2. Création` has the numbers 3 and 2; one that only Markdown marks has none. */
export interface Title {
  readonly line: SourceLine;
  readonly numbers: readonly number[];
  /** The title as it is written, its number included, its `#` not. */
  readonly text: string;
  /** Number of `#` before it; 0 when there are none. */
  readonly marks: number;
}

const NUMBERED = /^ {0,3}(?:(#{1,6})[ \t]+)?((\d{1,2}(?:\.\d{1,3}){0,5})\.?[ \t\u00a0\u202f]+(\S.*))$/;
const CHAPTER = /^ {0,3}(?:(#{1,6})[ \t]+)?chapitre[ \t\u00a0]+(\d{1,2})[ \t\u00a0]*[:.–—-]?[ \t\u00a0]*(\S.*)$/i;
const MARKED = /^ {0,3}(#{1,6})[ \t]+(\S.*?)[ \t]*#*$/;

/** A line read as a title that has a number; undefined when it reads as a sentence, a list or something else. */
export function numberedTitle(line: SourceLine): Title | undefined {
  const chapter = CHAPTER.exec(line.text);
  if (chapter !== null) {
    const [, marks = "", number = "", words = ""] = chapter;
    return sound(words, marks)
      ? { line, numbers: [Number(number)], text: `${number}. ${words.trim()}`, marks: marks.length }
      : undefined;
  }
  const [, marks = "", text = "", number = "", words = ""] = NUMBERED.exec(line.text) ?? [];
  if (number === "" || !sound(words, marks)) return undefined;
  return { line, numbers: number.split(".").map(Number), text: text.trim().replace(/\s+#+$/, ""), marks: marks.length };
}

/** A line that Markdown marks as a title, without a number. */
export function markedTitle(line: SourceLine): Title | undefined {
  const [, marks = "", text = ""] = MARKED.exec(line.text) ?? [];
  return text === "" ? undefined : { line, numbers: [], text, marks: marks.length };
}

function sound(words: string, marks: string): boolean {
  if (/\[\s*capture/i.test(words)) return false;
  return marks !== "" || (words.length <= 140 && /^[\p{L}“"«‘'(]/u.test(words) && !/[.;,]\s*$/.test(words));
}

/** The titles of a report among its lines: chapters whose numbers follow each other, and sections that go up inside their chapter. */
export function findTitles(lines: readonly SourceLine[]): readonly Title[] {
  const candidates = lines.flatMap((line, index) => {
    const title = numberedTitle(line);
    return title === undefined ? [] : [{ title, index }];
  });
  const titles: Title[] = [];
  let chapter: number | undefined;
  let last: readonly number[] = [];
  candidates.forEach(({ title, index }, at) => {
    const [number = 0] = title.numbers;
    if (title.numbers.length > 1) {
      if (number !== chapter || compare(title.numbers, last) <= 0) return;
      titles.push(title);
      last = title.numbers;
      return;
    }
    const follows = chapter === undefined || number === chapter + 1;
    if (!follows && !(number > (chapter ?? 0) && hasSections(candidates, at))) return;
    if (!hasSections(candidates, at)) {
      const other = candidates.some(
        (each, later) => later > at && each.title.numbers[0] === number && hasSections(candidates, later),
      );
      if (other || (title.marks === 0 && !standsAlone(lines, index, number))) return;
    }
    titles.push(title);
    chapter = number;
    last = title.numbers;
  });
  return titles;
}

/** Whether sections of this number come before another candidate of the same number, or of the next. */
function hasSections(candidates: readonly { readonly title: Title }[], at: number): boolean {
  const number = candidates[at]?.title.numbers[0];
  for (const { title } of candidates.slice(at + 1)) {
    const [first, ...deeper] = title.numbers;
    if (deeper.length > 0 && first === number) return true;
    if (deeper.length === 0 && (first === number || first === (number ?? 0) + 1)) return false;
  }
  return false;
}

/** A chapter without sections: a line by itself, in capitals or with one at its head, that no list goes on. */
function standsAlone(lines: readonly SourceLine[], index: number, number: number): boolean {
  const line = lines[index];
  const before = lines[index - 1];
  const next = lines.slice(index + 1).find(({ text }) => !isBlank(text));
  const words = line === undefined ? undefined : numberedTitle(line)?.text.replace(/^[\d.\s]+/, "");
  if (words === undefined || /^\p{Ll}/u.test(words) || (before !== undefined && !isBlank(before.text))) return false;
  const following = next === undefined ? undefined : numberedTitle(next)?.numbers;
  return next !== undefined && !(following?.length === 1 && following[0] === number + 1);
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
