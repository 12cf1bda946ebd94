import type { Box } from "./boxes.ts";
import type { DecodedLine } from "./decode-line.ts";
import type { Cell, Glyph, TextStyle } from "./glyphs.ts";
import type { Ink } from "./ink.ts";

/** A font whose letters fill cells of one size, drawn pixel by pixel: that of a text console. */
export interface CellFont {
  readonly style: string;
  readonly cell: Cell;
  /** Each letter by the rows of its cell, a bit a pixel. */
  readonly letters: ReadonlyMap<string, string>;
}

/** What a line reads as in one console's font. */
export interface GridLine extends DecodedLine {
  /** Cells that are not empty. */
  readonly letters: number;
  /** The whole row of cells as far as they could be read, to both sides of where the reading began. */
  readonly box: Box;
}

/** Letters whose cells differ in so few pixels may still be told by the nearest one: a cursor or a speck lies on it. */
const TOLERANCE = 6;
/** Ink weaker than this is no ink. */
const FAINT = 24;
/** Cells from which the grid of a line is found. */
const PROBE = 24;

/** The cells of those fonts that are a text console's. */
export function cellFonts(styles: readonly TextStyle[]): readonly CellFont[] {
  return styles.flatMap(({ name, cell, whole }) => {
    if (cell === undefined) return [];
    return [{ style: name, cell, letters: new Map(whole.map((glyph) => [rowsOf(glyph, cell), glyph.character])) }];
  });
}

/** Reads a line whose letters stand on a grid; the score is the share of letters that were known exactly. Undefined when there is none. */
export function decodeGrid(ink: Ink, box: Box, font: CellFont): GridLine | undefined {
  let best: { readonly left: number; readonly top: number; readonly share: number } | undefined;
  const { width, height } = font.cell;
  for (let top = box.bottom - height; top <= box.top; top += 1) {
    for (let left = box.left - width + 1; left <= box.left; left += 1) {
      const cells = cellsOf(ink, box, font, left, top, PROBE);
      const known = cells.filter((cell) => cell === "" || font.letters.has(cell)).length;
      const share = known / Math.max(1, cells.length);
      if (best === undefined || share > best.share) best = { left, top, share };
      if (share === 1) break;
    }
    if (best?.share === 1) break;
  }
  if (best === undefined || best.share < 0.5) return undefined;
  return written(ink, rowAround(ink, box, font, best.left, best.top), font);
}

/** The row that a piece of a line stands in: to both sides as long as the cells are empty or known. */
function rowAround(ink: Ink, piece: Box, font: CellFont, from: number, top: number): Box {
  const { width, height } = font.cell;
  const readable = (x: number) => {
    const cell = cellAt(ink, x, top, width, height);
    return cell === "" || font.letters.has(cell);
  };
  let [left, right] = [from, from];
  while (right < piece.right) right += width;
  while (left - width >= 0 && readable(left - width)) left -= width;
  while (right + width <= ink.width && readable(right)) right += width;
  return { left, top, right, bottom: top + height };
}

function written(ink: Ink, row: Box, font: CellFont): GridLine {
  const cells = cellsOf(ink, row, font, row.left, row.top);
  let [text, inked, score] = ["", 0, 0];
  for (const cell of cells) {
    if (cell === "") {
      text += " ";
      continue;
    }
    inked += 1;
    const exact = font.letters.get(cell);
    if (exact !== undefined) score += 1;
    text += exact ?? nearest(cell, font) ?? "";
  }
  const blank = cells.findIndex((cell) => cell !== "") * font.cell.width;
  const used = (cells.findLastIndex((cell) => cell !== "") + 1) * font.cell.width;
  const box = { ...row, left: row.left + blank, right: row.left + used };
  return { text: text.trim(), score: inked === 0 ? 0 : score / inked, letters: inked, box };
}

/** The cells from the box's left to its right, each as the rows of its pixels; "" for an empty one. Colour and weight do not matter. */
function cellsOf(
  ink: Ink,
  box: Box,
  { cell: { width, height } }: CellFont,
  left: number,
  top: number,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const cells: string[] = [];
  for (let x = left; x < box.right && cells.length < most; x += width) cells.push(cellAt(ink, x, top, width, height));
  return cells;
}

function cellAt(ink: Ink, left: number, top: number, width: number, height: number): string {
  let darkest = 0;
  for (let y = top; y < top + height; y += 1) {
    for (let x = left; x < left + width; x += 1) darkest = Math.max(darkest, inkAt(ink, x, y));
  }
  if (darkest < FAINT) return "";
  let rows = "";
  for (let y = top; y < top + height; y += 1) {
    let bits = 0;
    for (let x = left; x < left + width; x += 1) bits = bits * 2 + (inkAt(ink, x, y) * 2 > darkest ? 1 : 0);
    rows += String.fromCharCode(bits);
  }
  return rows;
}

function inkAt({ width, height, at }: Ink, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 0 : (at[y * width + x] ?? 0);
}

function nearest(cell: string, { letters }: CellFont): string | undefined {
  let [best, least]: [string | undefined, number] = [undefined, TOLERANCE + 1];
  for (const [rows, character] of letters) {
    let apart = 0;
    for (let row = 0; row < cell.length && apart < least; row += 1) {
      apart += bitsIn(cell.charCodeAt(row) ^ rows.charCodeAt(row));
    }
    if (apart < least) [best, least] = [character, apart];
  }
  return best;
}

function bitsIn(value: number): number {
  let count = 0;
  for (let rest = value; rest > 0; rest &= rest - 1) count += 1;
  return count;
}

/** The rows of a letter's cell; the pen stands at its left edge. */
function rowsOf(glyph: Glyph, { width, height, base }: Cell): string {
  let rows = "";
  for (let y = 0; y < height; y += 1) {
    const row = y - base - glyph.top;
    let bits = 0;
    for (let x = 0; x < width; x += 1) {
      const column = x - glyph.left;
      const inside = row >= 0 && row < glyph.height && column >= 0 && column < glyph.width;
      bits = bits * 2 + (inside && (glyph.ink[column * glyph.height + row] ?? 0) > 127 ? 1 : 0);
    }
    rows += String.fromCharCode(bits);
  }
  return rows;
}
