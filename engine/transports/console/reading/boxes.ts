import type { Ink } from "./ink.ts";

/** A rectangle of pixels; right and bottom are the first beyond it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const DARK = 64;
/** Letters and words nearer than this belong together. */
const REACH = 3;
const LOWEST = 3;
/** A field's frame is hollow: of its rectangle so little is line. Text fills more than twice as much. */
const HOLLOW = 0.3;
const HIGHEST = 34;

/** Where something like a line of text stands, from top to bottom. */
export function textBoxes(ink: Ink): readonly Box[] {
  const pieces = components(smeared(ink), ink.width, ink.height).filter(
    (piece) => height(piece) <= HIGHEST && piece.right - piece.left >= 2 * REACH + 1 && !isFrame(piece),
  );
  return joined(pieces)
    .filter(({ top, bottom }) => bottom - top >= LOWEST)
    .toSorted((a, b) => a.top - b.top || a.left - b.left);
}

/** Each dark pixel spreads to both sides, so that letters touch. */
function smeared({ width, height, at }: Ink): Uint8Array {
  const marked = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((at[y * width + x] ?? 0) < DARK) continue;
      marked.fill(1, y * width + Math.max(0, x - REACH), y * width + Math.min(width, x + REACH + 1));
    }
  }
  return marked;
}

interface Piece extends Box {
  /** Marked pixels in it. */
  readonly pixels: number;
}

function isFrame({ left, top, right, bottom, pixels }: Piece): boolean {
  return bottom - top > 14 && pixels < HOLLOW * (right - left) * (bottom - top);
}

function components(marked: Uint8Array, width: number, height: number): readonly Piece[] {
  const boxes: Piece[] = [];
  const stack: number[] = [];
  for (let start = 0; start < marked.length; start += 1) {
    if (marked[start] !== 1) continue;
    let [left, top, right, bottom] = [width, height, 0, 0];
    let pixels = 0;
    marked[start] = 2;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels += 1;
      const [x, y] = [at % width, Math.floor(at / width)];
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      for (const next of [x > 0 ? at - 1 : -1, x + 1 < width ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || marked[next] !== 1) continue;
        marked[next] = 2;
        stack.push(next);
      }
    }
    boxes.push({ left, top, right, bottom, pixels });
  }
  return boxes;
}

/** Dots and accents stand apart from their letters: a low piece close above or below a line belongs to it. */
function joined(pieces: readonly Box[]): readonly Box[] {
  const lines = pieces.toSorted((a, b) => height(b) - height(a));
  const kept: Box[] = [];
  for (const piece of lines) {
    const home = nearest(piece, kept);
    const line = kept[home];
    if (line === undefined) kept.push(piece);
    else kept[home] = around(line, piece);
  }
  return kept;
}

/** Index of the line that a piece belongs to; between two lines, a dot is of the one it is closer to. */
function nearest(piece: Box, lines: readonly Box[]): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  lines.forEach((line, index) => {
    const apart = Math.max(line.top - piece.bottom, piece.top - line.bottom);
    if (apart < least && belongs(piece, line)) [best, least] = [index, apart];
  });
  return best;
}

function belongs(piece: Box, line: Box): boolean {
  const apart = Math.max(line.top - piece.bottom, piece.top - line.bottom);
  const beside = Math.max(line.left - piece.right, piece.left - line.right);
  const near = Math.max(2, Math.round(height(line) * 0.25));
  const low = height(piece) <= Math.max(3, height(line) * 0.4);
  // A bar that reaches far beyond a line (a selected entry's edge) is no accent of it.
  const reach = height(line);
  const beyond = Math.max(line.left - piece.left, piece.right - line.right);
  if (low && beyond <= reach && beside <= 0 && apart <= near) return true;
  // A dash stands apart from the words on both sides, at the height of a line.
  if (low && beside <= reach * 0.8 && piece.top >= line.top && piece.bottom <= line.bottom) return true;
  // Pieces of one line of unequal height, side by side.
  const overlap = Math.min(line.bottom, piece.bottom) - Math.max(line.top, piece.top);
  const alike = height(line) <= height(piece) * 2;
  return alike && overlap >= Math.min(height(piece), height(line)) * 0.7 && beside <= 3;
}

function around(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function height({ top, bottom }: Box): number {
  return bottom - top;
}
