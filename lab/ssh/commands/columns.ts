/** Rows as columns with one space between them; the given columns stand to the right, the last one has no padding. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[], minimum: number): string {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(right.includes(column) ? minimum : 0, ...rows.map((row) => [...(row[column] ?? "")].length)),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => pad(cell, widths[column] ?? 0, right.includes(column), column === row.length - 1))
          .join(" ")
          .trimEnd()}\n`,
    )
    .join("");
}

function pad(cell: string, width: number, right: boolean, last: boolean): string {
  const space = " ".repeat(Math.max(0, width - [...cell].length));
  if (right) return space + cell;
  return last ? cell : cell + space;
}
