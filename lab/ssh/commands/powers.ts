/** Bytes as df -h and lsblk print them: one decimal below ten, rounded up. */
export function powers(bytes: number): string {
  const units = ["", "K", "M", "G", "T"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const text =
    size < 10 && unit > 0
      ? (Math.ceil(size * 10) / 10).toFixed(1).replace(/\.0$/, unit > 1 ? ".0" : "")
      : String(Math.ceil(size));
  return `${text}${units[unit]}`;
}
