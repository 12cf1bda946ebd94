import headless from "@xterm/headless";

/** Attributes of a piece of text, as the terminal understood them. */
export interface SpanStyle {
  /** 0 to 15, the terminal's named colours; null for the default. */
  readonly foreground: number | null;
  readonly background: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
  readonly strike: boolean;
}

export interface Span {
  readonly text: string;
  readonly style: SpanStyle;
}

/** One line as it was written: as many rows as the width made of it. */
export type ScreenLine = readonly (readonly Span[])[];

/** Columns of a terminal that fills the page's width. */
export const PAGE_COLUMNS = 105;

/** What a full-screen program showed last before it gave the screen back. */
export interface Snapshot {
  /** How many lines of the normal screen were written by then. */
  readonly before: number;
  readonly lines: readonly ScreenLine[];
}

/** A program that draws on the whole screen leaves it by one of these. */
const LEAVES = new RegExp(`(?=${String.fromCodePoint(0x1b)}\\[\\?(?:1049|1047|47)l)`, "u");

/** The lines of `readScreens()` alone. */
export async function renderScreen(bytes: Uint8Array, columns = PAGE_COLUMNS): Promise<readonly ScreenLine[]> {
  return (await readScreens(bytes, columns)).lines;
}

/**
 * What a terminal shows in the end after these bytes: progress bars in their final state, moves and erasures done, titles, links and
 * clipboard orders without effect. Trailing blanks and empty lines at the end are left out. Full-screen programs leave nothing there: what they
 * showed last is a snapshot.
 */
export async function readScreens(
  bytes: Uint8Array,
  columns = PAGE_COLUMNS,
): Promise<{ readonly lines: readonly ScreenLine[]; readonly snapshots: readonly Snapshot[] }> {
  const terminal = new headless.Terminal({
    cols: columns,
    rows: 24,
    scrollback: countRows(bytes, columns),
    convertEol: true,
    allowProposedApi: true,
  });
  try {
    const snapshots: Snapshot[] = [];
    // Given bytes, xterm drops those that are not UTF-8 without a trace.
    for (const piece of Buffer.from(bytes).toString("utf8").split(LEAVES)) {
      await new Promise<void>((resolve) => terminal.write(piece, resolve));
      const { active, alternate, normal } = terminal.buffer;
      const lines = active.type === "alternate" ? linesOf(alternate) : [];
      if (lines.length > 0) snapshots.push({ before: linesAbove(normal), lines });
    }
    return { lines: linesOf(terminal.buffer.normal), snapshots };
  } finally {
    terminal.dispose();
  }
}

/** The pieces of one row of a terminal's buffer, blanks at its end left out. */
export function rowSpans(row: headless.IBufferLine, cell: headless.IBufferCell): readonly Span[] {
  return spansOf(row, cell, false);
}

/** Lines above the cursor, each counted once however often it wrapped. */
function linesAbove(buffer: Buffer): number {
  let lines = 0;
  for (let y = 0; y < buffer.baseY + buffer.cursorY; y += 1) if (buffer.getLine(y)?.isWrapped === false) lines += 1;
  return lines;
}

/** Enough rows for every line to be kept. */
function countRows(bytes: Uint8Array, columns: number): number {
  let lines = 1;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return lines + Math.ceil(bytes.length / columns) + 24;
}

type Buffer = headless.IBuffer;
type Cell = headless.IBufferCell;

function linesOf(buffer: Buffer): readonly ScreenLine[] {
  const cell = buffer.getNullCell();
  const lines: (readonly Span[])[][] = [];
  for (let y = 0; y < buffer.length; y += 1) {
    const row = buffer.getLine(y);
    if (row === undefined) continue;
    const spans = spansOf(row, cell, buffer.getLine(y + 1)?.isWrapped === true);
    const current = lines.at(-1);
    if (row.isWrapped && current !== undefined) current.push(spans);
    else lines.push([spans]);
  }
  while (lines.length > 0 && lines.at(-1)?.every((row) => row.length === 0)) lines.pop();
  return lines;
}

/** Cells of one look in one span. Blanks at the end go, unless the line continues below. */
function spansOf(row: headless.IBufferLine, cell: Cell, continues: boolean): readonly Span[] {
  const spans: { text: string; style: SpanStyle; key: string }[] = [];
  for (let x = 0; x < row.length; x += 1) {
    const at = row.getCell(x, cell);
    // The second half of a wide character has no width of its own.
    if (at === undefined || at.getWidth() === 0) continue;
    const style = styleOf(at);
    const key = JSON.stringify(style);
    const text = at.getChars() || " ";
    const last = spans.at(-1);
    if (last?.key === key) last.text += text;
    else spans.push({ text, style, key });
  }
  return continues ? spans : trimEnd(spans);
}

function trimEnd(spans: { text: string; style: SpanStyle; key: string }[]): readonly Span[] {
  for (let last = spans.at(-1); last !== undefined; last = spans.at(-1)) {
    // A blank with a background, inverted or underlined, shows: it stays.
    if (last.style.background !== null || last.style.inverse || last.style.underline) break;
    last.text = last.text.trimEnd();
    if (last.text !== "") break;
    spans.pop();
  }
  return spans;
}

function styleOf(cell: Cell): SpanStyle {
  return {
    foreground: colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    background: colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
    inverse: cell.isInverse() !== 0,
    strike: cell.isStrikethrough() !== 0,
  };
}

function colourOf(isDefault: boolean, isRgb: boolean, colour: number): number | null {
  if (isDefault) return null;
  if (isRgb) return nearest([(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]);
  return colour < 16 ? colour : nearest(cubeColour(colour));
}

type Rgb = readonly [number, number, number];

/** The named colours as terminals commonly show them; only to find which one another colour is nearest to. */
const NAMED: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

function nearest(colour: Rgb): number {
  const distances = NAMED.map((named) => named.reduce((sum, part, i) => sum + (part - (colour[i] ?? 0)) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}

/** Colours 16 to 255: a cube of six steps a side, then 24 greys. */
function cubeColour(index: number): Rgb {
  if (index >= 232) return [8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)];
  const step = (part: number) => (part === 0 ? 0 : 55 + 40 * part);
  const offset = index - 16;
  return [step(Math.floor(offset / 36)), step(Math.floor(offset / 6) % 6), step(offset % 6)];
}
