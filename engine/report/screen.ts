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

/**
 * What a terminal shows in the end after these bytes: progress bars in their final state, moves and erasures done, titles, links and
 * clipboard orders without effect. Trailing blanks and empty lines at the end are left out.
 */
export async function renderScreen(bytes: Uint8Array, columns = PAGE_COLUMNS): Promise<readonly ScreenLine[]> {
  const terminal = new headless.Terminal({
    cols: columns,
    rows: 24,
    scrollback: countRows(bytes, columns),
    convertEol: true,
    allowProposedApi: true,
  });
  try {
    // Given bytes, xterm drops those that are not UTF-8 without a trace.
    await new Promise<void>((resolve) => terminal.write(Buffer.from(bytes).toString("utf8"), resolve));
    return linesOf(terminal.buffer.normal);
  } finally {
    terminal.dispose();
  }
}

/** The pieces of one row of a terminal's buffer, blanks at its end left out. */
export function rowSpans(row: headless.IBufferLine, cell: headless.IBufferCell): readonly Span[] {
  return spansOf(row, cell, false);
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
