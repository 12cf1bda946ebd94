const SEGMENTS = new Intl.Segmenter("fr", { granularity: "grapheme" });
/** Signs that take two columns: CJK, full-width forms, emoji. */
const WIDE =
  /^(?:[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}\uFE0F|\p{Emoji_Presentation})/u;

/** Columns that a text takes on a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of SEGMENTS.segment(text)) columns += widthOf(segment);
  return columns;
}

/** The text in lines of at most so many columns, broken at spaces where there are any. */
export function wrapText(text: string, columns: number): readonly string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, Math.max(8, columns)));
}

/** The beginning of a text that fits, with an ellipsis where something is left out. */
export function cutText(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  return `${firstColumns(text, columns - 1)}…`;
}

/** Padded with spaces, or cut, to exactly so many columns. */
export function fitText(text: string, columns: number): string {
  const cut = cutText(text, columns);
  return cut + " ".repeat(Math.max(0, columns - columnsOf(cut)));
}

function widthOf(segment: string): number {
  if (WIDE.test(segment)) return 2;
  return /^[\p{Mn}\p{Me}\p{Cf}]/u.test(segment) ? 0 : 1;
}

function firstColumns(text: string, columns: number): string {
  let taken = "";
  let used = 0;
  for (const { segment } of SEGMENTS.segment(text)) {
    used += widthOf(segment);
    if (used > columns) break;
    taken += segment;
  }
  return taken;
}

function wrapLine(line: string, columns: number): readonly string[] {
  if (columnsOf(line) <= columns) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  for (const word of line.slice(indent.length).split(" ")) {
    const joined = current === "" ? indent + word : `${current} ${word}`;
    if (columnsOf(joined) <= columns) {
      current = joined;
      continue;
    }
    if (current !== "") lines.push(current);
    current = indent + word;
    while (columnsOf(current) > columns) {
      const piece = firstColumns(current, columns);
      lines.push(piece);
      current = indent + current.slice(piece.length);
    }
  }
  return [...lines, current];
}
