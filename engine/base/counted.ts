/** A count with its noun or adjective in the right number, as French has it: `0 valeur`, `1 valeur`, `3 valeurs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${Math.abs(count) >= 2 ? "s" : ""}`;
}
