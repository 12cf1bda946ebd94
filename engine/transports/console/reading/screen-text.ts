import type { ScreenLine } from "./read-screen.ts";

/** The text of a screen: one line a row, what stands apart in a row separated by two spaces. */
export function screenText(lines: readonly ScreenLine[]): string {
  const rows: ScreenLine[][] = [];
  for (const line of lines.toSorted((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && inOneRow(first, line)) row.push(line);
    else rows.push([line]);
  }
  return rows.map((row) => written(row.toSorted((a, b) => a.box.left - b.box.left))).join("\n");
}

function inOneRow(one: ScreenLine, other: ScreenLine): boolean {
  return Math.abs(middle(one) - middle(other)) <= Math.max(4, height(one) * 0.35);
}

function written(row: readonly ScreenLine[]): string {
  return row.reduce((text, line, index) => {
    const before = row[index - 1];
    if (before === undefined) return line.text;
    // Words of one line that stand a little apart; columns stand further.
    const gap = line.box.left - before.box.right <= height(line) ? " " : "  ";
    return `${text}${gap}${line.text}`;
  }, "");
}

function middle({ box }: ScreenLine): number {
  return (box.top + box.bottom) / 2;
}

function height({ box }: ScreenLine): number {
  return box.bottom - box.top;
}
