import type { Box } from "./boxes.ts";
import type { Ink } from "./ink.ts";

const DARK = 64;
const WIDEST = 2;

/** A line without the upright stroke at its end; undefined when it does not end in one. */
export function withoutCaret(ink: Ink, box: Box): Box | undefined {
  const dark = (x: number) => rowsOf(ink, box, x).length > 0;
  let right = box.right;
  while (right > box.left && !dark(right - 1)) right -= 1;
  let left = right;
  while (left > box.left && dark(left - 1)) left -= 1;
  if (right - left > WIDEST || left <= box.left) return undefined;
  return tight(ink, { ...box, right: left });
}

function tight(ink: Ink, box: Box): Box | undefined {
  const rows: number[] = [];
  for (let x = box.left; x < box.right; x += 1) rows.push(...rowsOf(ink, box, x));
  if (rows.length === 0) return undefined;
  return { ...box, top: rows.reduce((a, b) => Math.min(a, b)), bottom: rows.reduce((a, b) => Math.max(a, b)) + 1 };
}

function rowsOf({ width, at }: Ink, { top, bottom }: Box, x: number): readonly number[] {
  const rows: number[] = [];
  for (let y = top; y < bottom; y += 1) if ((at[y * width + x] ?? 0) >= DARK) rows.push(y);
  return rows;
}
