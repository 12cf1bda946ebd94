import { createHash } from "node:crypto";
import type { Raster } from "../raster.ts";
import { type Box, textBoxes } from "./boxes.ts";
import { withoutCaret } from "./caret.ts";
import { type CellFont, cellFonts, decodeGrid, type GridLine } from "./decode-grid.ts";
import { type DecodedLine, decodeStrip, stripOf } from "./decode-line.ts";
import { type Glyph, type TextStyle, textStyles } from "./glyphs.ts";
import { type Ink, inkOf } from "./ink.ts";

/** One line of text on a screen, where it stands and how surely it was read (0 to 1). */
export interface ScreenLine extends DecodedLine {
  readonly box: Box;
  readonly style: string;
  /** Read cell by cell, as a text console is written. */
  readonly grid: boolean;
}

/** Below this, what was read is more likely a drawing than a text. */
const READABLE = 0.72;
/** So many of a line's cells known exactly make it a line of a text console. */
const GRID_SURE = 0.85;
/** Of fewer letters, chance may make a line of a console. */
const GRID_LETTERS = 3;
/** Whole pixels that explain a line so well need no finer steps. */
const CERTAIN = 0.93;
/** A style that explains a line so well needs no comparison; a little less, and two fonts differ in a zero only. */
const SURE = 0.98;
/** Styles are compared on the beginning of a line. */
const SAMPLE = 56;
/** Base lines that are tried. */
const CANDIDATES = 2;

interface Guess {
  readonly style: TextStyle;
  readonly base: number;
  readonly score: number;
}

/** Reads screens that follow one another: what stands unchanged where it stood is not read again. */
export class ScreenReader {
  #known: ReadonlyMap<string, DecodedStyle | undefined> = new Map();
  #grids: ReadonlyMap<string, DecodedGrid | undefined> = new Map();
  #typefaces: Typefaces | undefined;

  /** The lines of a screen from top to bottom, from left to right. What is written in a font that is not known stays out. */
  async read(raster: Raster): Promise<readonly ScreenLine[]> {
    this.#typefaces ??= await typefaces();
    const faces = this.#typefaces;
    const ink = inkOf(raster);
    const seen = new Map<string, DecodedStyle | undefined>();
    const grids = new Map<string, DecodedGrid | undefined>();
    const lines: ScreenLine[] = [];
    // A long piece tells a console's grid, and the whole row with it; what lies in that row is read then.
    for (const box of textBoxes(ink).toSorted((a, b) => b.right - b.left - (a.right - a.left))) {
      if (lines.some((line) => line.grid && within(box, line.box))) continue;
      const row = rowFingerprint(ink, box, faces.cells);
      const grid = this.#grids.has(row) ? this.#grids.get(row) : readGrid(ink, box, faces.cells);
      grids.set(row, grid);
      if (grid !== undefined && grid.letters >= GRID_LETTERS) {
        lines.push({ ...grid, grid: true });
        continue;
      }
      const key = fingerprint(ink, box);
      const line = this.#known.has(key) ? this.#known.get(key) : (seen.get(key) ?? readSet(ink, box, faces.set));
      seen.set(key, line);
      if (line !== undefined) lines.push({ ...line, box, grid: false });
      else if (grid !== undefined) lines.push({ ...grid, grid: true });
    }
    this.#known = seen;
    this.#grids = grids;
    return lines.toSorted((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  }
}

interface DecodedStyle extends DecodedLine {
  readonly style: string;
}

type DecodedGrid = GridLine & DecodedStyle;

/** Fonts that are set letter by letter, and those of text consoles. */
interface Typefaces {
  readonly set: readonly TextStyle[];
  readonly cells: readonly CellFont[];
}

async function typefaces(): Promise<Typefaces> {
  const styles = await textStyles();
  return { set: styles.filter(({ cell }) => cell === undefined), cells: cellFonts(styles) };
}

function fingerprint(ink: Ink, box: Box): string {
  const hash = createHash("sha1");
  for (let y = box.top; y < box.bottom; y += 1) {
    hash.update(ink.at.subarray(y * ink.width + box.left, y * ink.width + box.right));
  }
  return `${box.right - box.left} ${hash.digest("hex")}`;
}

/** All that a box's grid is read from: where it stands, and the picture's rows as far up and down as the highest cell around it reaches. */
function rowFingerprint(ink: Ink, { left, top, right, bottom }: Box, fonts: readonly CellFont[]): string {
  const highest = Math.max(0, ...fonts.map(({ cell }) => cell.height));
  const [from, to] = [Math.max(0, Math.min(top, bottom - highest)), Math.max(bottom, top + highest)];
  const rows = ink.at.subarray(from * ink.width, to * ink.width);
  return [ink.width, left, top, right, bottom, createHash("sha1").update(rows).digest("hex")].join(" ");
}

/** The console's font that knows the most of a line's cells exactly. */
function readGrid(ink: Ink, box: Box, fonts: readonly CellFont[]): DecodedGrid | undefined {
  let best: DecodedGrid | undefined;
  for (const font of fonts) {
    const line = decodeGrid(ink, box, font);
    if (line === undefined || line.score < GRID_SURE || line.score <= (best?.score ?? 0)) continue;
    best = { ...line, style: font.style };
    if (line.score === 1) break;
  }
  return best;
}

/** A field that has the keyboard shows its caret behind the text, higher than any letter. */
function readSet(ink: Ink, box: Box, styles: readonly TextStyle[]): DecodedStyle | undefined {
  const line = readLine(ink, box, styles);
  if (line !== undefined) return line;
  const bare = withoutCaret(ink, box);
  return bare === undefined ? undefined : readLine(ink, bare, styles);
}

/** Whether the middle of a piece lies in a row. */
function within(piece: Box, row: Box): boolean {
  const [x, y] = [(piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2];
  return x >= row.left && x < row.right && y >= row.top && y < row.bottom;
}

function readLine(ink: Ink, box: Box, styles: readonly TextStyle[]): DecodedStyle | undefined {
  const guess = bestGuess(ink, box, styles);
  if (guess === undefined || guess.score < READABLE * 0.8) return undefined;
  const { style, base } = guess;
  const strip = stripOf(ink, box, style, base);
  let decoded = decodeStrip(strip, style, style.whole);
  if (decoded.score < CERTAIN) decoded = better(decoded, decodeStrip(strip, style, style.glyphs));
  if (decoded.score < CERTAIN && style.name.includes("bold"))
    decoded = better(decoded, decodeStrip(strip, style, mixed(style, styles)));
  if (decoded.score < READABLE || decoded.text === "") return undefined;
  return { ...decoded, style: style.name };
}

function better(one: DecodedLine, other: DecodedLine): DecodedLine {
  return other.score > one.score + 0.005 ? other : one;
}

/** A line may begin in bold and go on without. */
function mixed(style: TextStyle, styles: readonly TextStyle[]): readonly Glyph[] {
  return styles
    .filter(({ name, size }) => size === style.size && !name.startsWith("console"))
    .flatMap((each) => each.glyphs);
}

function bestGuess(ink: Ink, box: Box, styles: readonly TextStyle[]): Guess | undefined {
  let best: Guess | undefined;
  const height = box.bottom - box.top;
  // A line is at least as high as its small letters, and no higher than its highest and lowest together.
  const possible = styles.filter(({ bottom, top, size }) => height <= bottom - top + 1 && height >= size * 0.2);
  for (const style of possible.toSorted((a, b) => unlikeness(a, height) - unlikeness(b, height))) {
    for (const base of baseLines(ink, box, style)) {
      const { score } = decodeStrip(stripOf(ink, box, style, base, SAMPLE), style, style.whole);
      if (best === undefined || score > best.score) best = { style, base, score };
      if (score > SURE) return best;
    }
  }
  return best;
}

/** Lines are as high as capitals, as capitals with tails, as small letters, or as these with tails. */
function unlikeness({ size }: TextStyle, height: number): number {
  return Math.min(...[0.73, 0.97, 0.56, 0.8].map((part) => Math.abs(height - part * size)));
}

/** Where a base line may be: the rows with the most ink above and the least below. */
function baseLines(ink: Ink, box: Box, style: TextStyle): readonly number[] {
  const inkIn = (y: number): number => {
    if (y < box.top || y >= box.bottom) return 0;
    let sum = 0;
    for (let x = box.left; x < box.right; x += 1) sum += ink.at[y * ink.width + x] ?? 0;
    return sum;
  };
  const lowest = Math.ceil(style.size * 0.26);
  const rows = Array.from({ length: lowest + 2 }, (_, index) => box.bottom + 1 - index);
  return rows
    .filter((base) => base + style.top <= box.top)
    .map((base) => ({ base, fall: inkIn(base - 1) - inkIn(base) }))
    .toSorted((a, b) => b.fall - a.fall)
    .slice(0, CANDIDATES)
    .map(({ base }) => base);
}
