import { createHash } from "node:crypto";
import type { Raster } from "../raster.ts";
import { type Box, textBoxes } from "./boxes.ts";
import { withoutCaret } from "./caret.ts";
import { type DecodedLine, decodeStrip, stripOf } from "./decode-line.ts";
import { type Glyph, type TextStyle, textStyles } from "./glyphs.ts";
import { type Ink, inkOf } from "./ink.ts";

/** One line of text on a screen, where it stands and how surely it was read (0 to 1). */
export interface ScreenLine extends DecodedLine {
  readonly box: Box;
  readonly style: string;
}

/** Below this, what was read is more likely a drawing than a text. */
const READABLE = 0.72;
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

  /** The lines of a screen from top to bottom, from left to right. What is written in a font that is not known stays out. */
  async read(raster: Raster): Promise<readonly ScreenLine[]> {
    const styles = await textStyles();
    const ink = inkOf(raster);
    const seen = new Map<string, DecodedStyle | undefined>();
    const lines = textBoxes(ink).flatMap((box) => {
      const key = fingerprint(ink, box);
      const line = this.#known.has(key) ? this.#known.get(key) : (seen.get(key) ?? readEither(ink, box, styles));
      seen.set(key, line);
      return line === undefined ? [] : [{ ...line, box }];
    });
    this.#known = seen;
    return lines;
  }
}

interface DecodedStyle extends DecodedLine {
  readonly style: string;
}

function fingerprint(ink: Ink, box: Box): string {
  const hash = createHash("sha1");
  for (let y = box.top; y < box.bottom; y += 1) {
    hash.update(ink.at.subarray(y * ink.width + box.left, y * ink.width + box.right));
  }
  return `${box.right - box.left} ${hash.digest("hex")}`;
}

/** A field that has the keyboard shows its caret behind the text, higher than any letter. */
function readEither(ink: Ink, box: Box, styles: readonly TextStyle[]): DecodedStyle | undefined {
  const line = readLine(ink, box, styles);
  if (line !== undefined) return line;
  const bare = withoutCaret(ink, box);
  return bare === undefined ? undefined : readLine(ink, bare, styles);
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
    .filter(({ name, size }) => size === style.size && !name.startsWith("mono"))
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
