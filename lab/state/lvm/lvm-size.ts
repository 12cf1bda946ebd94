const UNITS: readonly (readonly [letter: string, name: string, bytes: number])[] = [
  ["t", "TiB", 2 ** 40],
  ["g", "GiB", 2 ** 30],
  ["m", "MiB", 2 ** 20],
  ["k", "KiB", 2 ** 10],
];

/** A size as LVM's tables show it: "<31.50g", with "<" where rounding went up. */
export function shortSize(bytes: number): string {
  if (bytes === 0) return "0 ";
  const [letter, , unit] = unitOf(bytes);
  return `${rounded(bytes / unit)}${letter}`;
}

/** The same in LVM's sentences: "<13.75 GiB". */
export function longSize(bytes: number): string {
  const [, name, unit] = unitOf(bytes);
  return `${rounded(bytes / unit)} ${name}`;
}

/** A size in one unit, as `--units` asks: digits, and the letter unless there is to be none. */
export function sizeIn(bytes: number, letter: string, suffix: boolean): string {
  const unit = UNITS.find(([known]) => known === letter.toLowerCase())?.[2];
  const text = unit === undefined ? String(bytes) : (bytes / unit).toFixed(2);
  return suffix ? `${text}${unit === undefined ? "B" : letter}` : text;
}

function rounded(value: number): string {
  const text = value.toFixed(2);
  return Number(text) > value ? `<${text}` : text;
}

function unitOf(bytes: number): readonly [string, string, number] {
  return UNITS.find(([, , unit]) => bytes >= unit) ?? ["b", "B", 1];
}
