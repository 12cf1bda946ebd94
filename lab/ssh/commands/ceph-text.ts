/** Bytes as Ceph prints them: "871 MiB", "5.4 GiB", "0 B". */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = unit === 0 || Number.isInteger(value) || value >= 9.95 ? value.toFixed(0) : value.toFixed(1);
  return `${text} ${units[unit]}`;
}

/** A time span as Ceph prints it: "1.57309s", "74s", "3m", "5h", "2d". */
export function spanText(ms: number): string {
  const seconds = Math.max(0, ms / 1000);
  if (seconds < 2) return `${Number(seconds.toPrecision(6))}s`;
  for (const [unit, size, limit] of [
    ["s", 1, 120],
    ["m", 60, 120],
    ["h", 3600, 48],
    ["d", 86_400, 14],
  ] as const) {
    if (seconds < size * limit) return `${Math.floor(seconds / size)}${unit}`;
  }
  return `${Math.floor(seconds / 604_800)}w`;
}

/** A table with two spaces between columns; columns named in `left` stand to the left, heads as well unless `headsRight`. */
export function cephTable(
  rows: readonly (readonly string[])[],
  { left = [], headsRight = false }: { readonly left?: readonly number[]; readonly headsRight?: boolean },
): string {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map(
      (row, index) =>
        `${widths
          .map((width, column) => {
            const toLeft = left.includes(column) || (index === 0 && !headsRight);
            const cell = row[column] ?? "";
            return toLeft ? cell.padEnd(width) : cell.padStart(width);
          })
          .join("  ")}\n`,
    )
    .join("");
}
