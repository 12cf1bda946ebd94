/** A number of bytes for a reader: `12 Gio`, `900 Mio`. */
export function sizeWords(bytes: number): string {
  const gib = bytes / 1024 ** 3;
  const [value, unit] = gib >= 1 ? [gib, "Gio"] : [bytes / 1024 ** 2, "Mio"];
  return `${value.toLocaleString("fr-FR", { maximumFractionDigits: value < 10 ? 1 : 0 })}\u00a0${unit}`;
}
