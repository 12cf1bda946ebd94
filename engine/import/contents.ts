import { isBlank, type LeftLine, type Sifted, type SourceLine } from "./source-line.ts";
import { numberedTitle } from "./titles.ts";

const HEADING =
  /^\s*#*\s*(?:\d+\.?\s+)?(?:table\s+des\s+(?:mati[èe]res|figures|illustrations)|sommaire|table of contents|contents)\s*:?\s*$/i;
const LEADERS = /(?:\.{3,}|…+|(?:\s\.){3,})\s*\d{1,4}\s*$/;
const PAGE_NUMBER = /(?:[\s.…\t]*[.…\t]|\s{2,})\s*\d{1,4}\s*$/;
/** A list of titles this long without a heading is one too, when each title comes again. */
const LEAST = 3;

/** Takes out tables of contents: entries with leaders and a page number, and titles that all come again further down. */
export function withoutContents(lines: readonly SourceLine[]): Sifted {
  const last = new Map<string, number>();
  lines.forEach(({ text }, index) => {
    if (!isBlank(text)) last.set(keyOf(text), index);
  });
  const again = (index: number) => (last.get(keyOf(lines[index]?.text ?? "")) ?? -1) > index;
  const leaders = lines.filter(({ text }) => LEADERS.test(text)).length;
  const isEntry = (index: number) => {
    const text = lines[index]?.text ?? "";
    return (leaders > 1 && LEADERS.test(text)) || again(index);
  };
  const gone = new Set<number>();
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? "";
    if (gone.has(index) || isBlank(text)) continue;
    if (HEADING.test(text)) {
      const entries = run(lines, index + 1, isEntry);
      if (entries.length > 0) for (const each of [index, ...entries]) gone.add(each);
      continue;
    }
    if (leaders > 1 && LEADERS.test(text)) gone.add(index);
    else if (titleAt(lines, index)) {
      const entries = run(lines, index, (at) => titleAt(lines, at) && again(at));
      if (entries.length >= LEAST) for (const each of entries) gone.add(each);
    }
  }
  const left: LeftLine[] = [...gone]
    .sort((a, b) => a - b)
    .flatMap((index) => (lines[index] === undefined ? [] : [{ ...lines[index], why: "table des matières" }]));
  return { kept: lines.filter((_, index) => !gone.has(index)), left };
}

/** The lines from an index on that are entries, blank ones between them skipped. */
function run(lines: readonly SourceLine[], from: number, isEntry: (index: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let index = from; index < lines.length; index += 1) {
    if (isBlank(lines[index]?.text ?? "")) continue;
    if (!isEntry(index)) break;
    found.push(index);
  }
  return found;
}

function titleAt(lines: readonly SourceLine[], index: number): boolean {
  const line = lines[index];
  return (
    line !== undefined && numberedTitle({ ...line, text: line.text.replace(PAGE_NUMBER, "").trimStart() }) !== undefined
  );
}

/** What an entry and its title share: the words, without page number and marks. */
function keyOf(text: string): string {
  return text
    .replace(PAGE_NUMBER, "")
    .replace(/^\s*#+/, "")
    .replace(/[\s\u200b]+/g, " ")
    .trim()
    .toLocaleLowerCase("fr");
}
