import type { Artefact } from "../model/event.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Evidence, Terminal, TerminalPart } from "../model/report-body.ts";
import { type FoldRule, foldLines, type LineRange } from "./fold-lines.ts";
import { layOutJson } from "./lay-out-json.ts";
import { PAGE_COLUMNS, readScreens, type ScreenLine, type Snapshot } from "./screen.ts";
import { linesToHtml } from "./terminal-html.ts";

/** Fewer lines than this need no numbers. */
const NUMBERED_FROM = 6;
/** More lines than this may be broken over two pages. */
const LONG_FROM = 14;

export interface TerminalOptions {
  readonly fold: FoldRule | undefined;
  /** Lines that these judgements speak of are never hidden. */
  readonly judgements: readonly Judgement[];
}

/** Bytes that a machine answered, as selectable text; `artefact` is where all of them are kept. */
export async function buildTerminal(
  bytes: Uint8Array,
  artefact: Artefact | undefined,
  options: TerminalOptions,
): Promise<Terminal> {
  const laidOut = layOutLongJson(bytes);
  const { lines, snapshots } = await readScreens(laidOut ?? bytes);
  const ranges = foldLines(lines.length, options.fold, matcher(lines, options.judgements));
  const hidden = ranges.reduce((sum, range) => sum + (range.shown ? 0 : range.to - range.from), 0);
  const drawn = snapshots.reduce((sum, snapshot) => sum + snapshot.lines.length, 0);
  return {
    lines: lines.length,
    hidden,
    long: lines.length - hidden + drawn > LONG_FROM,
    numbered: lines.length >= NUMBERED_FROM,
    layout: laidOut === undefined ? "as-is" : "json",
    parts: withSnapshots(lines, ranges, snapshots),
    evidence: artefact === undefined ? null : evidenceOf(artefact),
  };
}

/** What a reader needs to check a file. */
export function evidenceOf({ path, sha256, bytes }: Artefact): Evidence {
  return { path, sha256, bytes };
}

/** JSON that fits the page is left as it came. */
function layOutLongJson(bytes: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  if (text.split("\n").every((line) => line.length <= PAGE_COLUMNS)) return undefined;
  const laidOut = layOutJson(text, PAGE_COLUMNS);
  return laidOut === undefined ? undefined : Buffer.from(laidOut, "utf8");
}

/** Lines in their order, each snapshot where its program had the screen. */
function withSnapshots(
  lines: readonly ScreenLine[],
  ranges: readonly LineRange[],
  snapshots: readonly Snapshot[],
): readonly TerminalPart[] {
  const parts: TerminalPart[] = [];
  const left = [...snapshots];
  const take = (before: number) => {
    for (let next = left[0]; next !== undefined && next.before <= before; next = left[0]) {
      left.shift();
      parts.push({ type: "screen", count: next.lines.length, code: linesToHtml(next.lines, 1) });
    }
  };
  for (const { from, to, shown } of ranges) {
    take(from);
    let start = from;
    for (let cut = left[0]?.before ?? to; shown && cut < to; cut = left[0]?.before ?? to) {
      parts.push(toPart(lines, { from: start, to: cut, shown }));
      take(cut);
      start = cut;
    }
    parts.push(toPart(lines, { from: start, to, shown }));
  }
  take(Number.POSITIVE_INFINITY);
  return parts;
}

function toPart(lines: readonly ScreenLine[], { from, to, shown }: LineRange): TerminalPart {
  const code = linesToHtml(lines.slice(from, to), from + 1);
  return shown ? { type: "lines", code } : { type: "bar", from: from + 1, to, count: to - from, code };
}

function matcher(lines: readonly ScreenLine[], judgements: readonly Judgement[]): (index: number) => boolean {
  const wanted = new Set(judgements.map((judgement) => judgement.obtained.trim()).filter((text) => text !== ""));
  return (index) => wanted.has(textOf(lines[index] ?? []).trim());
}

function textOf(line: ScreenLine): string {
  return line.map((row) => row.map((span) => span.text).join("")).join("");
}
