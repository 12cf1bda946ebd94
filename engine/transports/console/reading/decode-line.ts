import type { Box } from "./boxes.ts";
import type { Glyph, TextStyle } from "./glyphs.ts";
import type { Ink } from "./ink.ts";

/** What a line reads as in one style, and how well its letters explain the pixels (1: entirely). */
export interface DecodedLine {
  readonly text: string;
  readonly score: number;
}

/** Each letter costs a little, so that one `m` is better than an `r` and an `n` that look like it. */
const LETTER_COST = 255 * 255 * 0.6;
/** No letter is wider than so many columns. */
const LOOK_AHEAD = 40;
/** A bar or a capital I right behind a small letter is nearly always an i or an l. */
const TALL: ReadonlySet<string> = new Set(["I", "|", "│", "!"]);
const SMALL = /^[a-z]$/;
const ODD_COST = 255 * 255 * 4;
/** Letters may touch and overlap by so many columns. */
const OVERLAP = 2;

/** Pixels of one line in one style, normalised so that its darkest pixel is 255. */
export interface Strip {
  readonly width: number;
  readonly rows: number;
  /** Row of the base line. */
  readonly base: number;
  /** Column by column. */
  readonly ink: Float32Array;
  /** Energy of all columns before the index; and the root of each column's own. */
  readonly energy: Float64Array;
  readonly lengths: Float32Array;
}

/** Cuts a line out of the picture, as high as the style's letters, with its base line at `base`. */
export function stripOf(ink: Ink, box: Box, style: TextStyle, base: number, longest = Number.POSITIVE_INFINITY): Strip {
  const width = Math.min(box.right - box.left, longest);
  const rows = style.bottom - style.top;
  const pixels = new Float32Array(width * rows);
  let darkest = 1;
  for (let row = 0; row < rows; row += 1) {
    const y = base + style.top + row;
    if (y < box.top || y >= box.bottom || y < 0 || y >= ink.height) continue;
    for (let x = 0; x < width; x += 1) {
      const value = ink.at[y * ink.width + box.left + x] ?? 0;
      pixels[x * rows + row] = value;
      if (value > darkest) darkest = value;
    }
  }
  const energy = new Float64Array(width + 1);
  const lengths = new Float32Array(width);
  for (let x = 0; x < width; x += 1) {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) {
      const value = ((pixels[x * rows + row] ?? 0) * 255) / darkest;
      pixels[x * rows + row] = value;
      sum += value * value;
    }
    energy[x + 1] = (energy[x] ?? 0) + sum;
    lengths[x] = Math.sqrt(sum);
  }
  return { width, rows, base: -style.top, ink: pixels, energy, lengths };
}

interface Placed {
  readonly glyph: Glyph;
  readonly at: number;
}

/** Finds the row of letters that leaves the least of the line unexplained. */
export function decodeStrip(strip: Strip, style: TextStyle, glyphs: readonly Glyph[]): DecodedLine {
  const { width, energy } = strip;
  const total = energy[width] ?? 0;
  if (total === 0) return { text: "", score: 0 };
  const cost = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(width + 1);
  const letter: (Glyph | undefined)[] = Array.from({ length: width + 1 });
  /** The last letter on the way to a column, blanks or none between. */
  const last: (Glyph | undefined)[] = Array.from({ length: width + 1 });
  cost[0] = 0;
  for (let x = 0; x < width; x += 1) {
    const here = cost[x] ?? 0;
    const blank = here + columnEnergy(energy, x, x + 1);
    if (blank < (cost[x + 1] ?? 0)) {
      cost[x + 1] = blank;
      from[x + 1] = x;
      letter[x + 1] = undefined;
      last[x + 1] = last[x];
    }
    if (isBeaten(cost, x)) continue;
    const afterSmall = SMALL.test(last[x]?.character ?? "");
    for (const glyph of glyphs) {
      const end = x + glyph.width;
      if (end > width) continue;
      const next = Math.max(x + 1, end - OVERLAP);
      const odd = afterSmall && TALL.has(glyph.character) ? ODD_COST : 0;
      const own = here + odd + LETTER_COST;
      const rest = misfit(strip, glyph, x, worst(cost, next, end) - own);
      if (rest === undefined) continue;
      const left = own + rest;
      for (let to = next; to <= end; to += 1) {
        // What the next letter shares with this one is paid for twice; that is what keeps overlaps rare.
        if (left < (cost[to] ?? 0)) {
          cost[to] = left;
          from[to] = x;
          letter[to] = glyph;
          last[to] = glyph;
        }
      }
    }
  }
  const placed: Placed[] = [];
  for (let x = width; x > 0; x = from[x] ?? 0) {
    const glyph = letter[x];
    if (glyph !== undefined) placed.unshift({ glyph, at: from[x] ?? 0 });
  }
  const unexplained = (cost[width] ?? 0) - placed.length * LETTER_COST;
  return { text: written(placed, style), score: Math.max(0, 1 - unexplained / total) };
}

function written(placed: readonly Placed[], style: TextStyle): string {
  let text = "";
  let pen: number | undefined;
  for (const { glyph, at } of placed) {
    const own = at - glyph.left;
    const extra = pen === undefined ? 0 : own - pen;
    if (extra > style.space * 0.62) text += " ".repeat(Math.max(1, Math.round(extra / style.space)));
    text += glyph.character;
    pen = own + glyph.advance;
  }
  return text;
}

function columnEnergy(energy: Float64Array, from: number, to: number): number {
  return (energy[to] ?? 0) - (energy[from] ?? 0);
}

/** A place further on that was reached for less: no better way leads through here. */
function isBeaten(cost: Float64Array, x: number): boolean {
  const here = cost[x] ?? 0;
  for (let at = x + 1; at <= x + LOOK_AHEAD && at < cost.length; at += 1) if ((cost[at] ?? 0) < here) return true;
  return false;
}

function worst(cost: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let at = from; at <= to; at += 1) if ((cost[at] ?? 0) > most) most = cost[at] ?? 0;
  return most;
}

/** What a letter leaves of its columns unexplained; undefined as soon as that is sure to reach the limit. */
function misfit(strip: Strip, glyph: Glyph, x: number, limit: number): number | undefined {
  const { lengths, rows } = strip;
  const first = strip.base + glyph.top;
  if (first < 0 || first + glyph.height > rows) return undefined;
  // However well a column fits, it leaves at least the difference of the lengths.
  let least = 0;
  for (let column = 0; column < glyph.width; column += 1) {
    const difference = (lengths[x + column] ?? 0) - (glyph.lengths[column] ?? 0);
    least += difference * difference;
    if (least >= limit) return undefined;
  }
  for (let column = 0; column < glyph.width; column += 1) {
    const [there, own] = [lengths[x + column] ?? 0, glyph.lengths[column] ?? 0];
    // The exact figure takes the place of the least one.
    least += 2 * (there * own - product(strip, glyph, (x + column) * rows + first, column));
    if (least >= limit) return undefined;
  }
  return least;
}

/** Of one column of a letter and one of the line, which begins at `at`. */
function product({ ink }: Strip, glyph: Glyph, at: number, column: number): number {
  const { height, ink: letter } = glyph;
  const own = column * height;
  let sum = 0;
  for (let row = 0; row < height; row += 1) sum += (ink[at + row] ?? 0) * (letter[own + row] ?? 0);
  return sum;
}
