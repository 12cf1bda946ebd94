const CHOICE = new Intl.ListFormat("fr", { type: "disjunction" });

/** Several words of which one is to be chosen: `a`, `a ou b`, `a, b ou c`. */
export function oneOf(words: readonly string[]): string {
  return CHOICE.format(words);
}
