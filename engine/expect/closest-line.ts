/** So many lines at most are compared: an explanation is not worth a slow step. */
const MOST_LINES = 4_000;
/** Below this likeness a line explains nothing. */
const LEAST_LIKENESS = 0.3;

/**
 * The line that resembles a text most, by the share of common letter pairs (Sørensen–Dice); undefined when none resembles it.
 * Of equals the last wins: in a log, the latest news.
 */
export function closestLine(text: string, lines: readonly string[]): string | undefined {
  const wanted = pairsOf(text);
  let best: { readonly line: string; readonly likeness: number } | undefined;
  for (const line of lines.slice(-MOST_LINES)) {
    const likeness = diceOf(wanted, pairsOf(line));
    if (likeness >= LEAST_LIKENESS && likeness >= (best?.likeness ?? 0)) best = { line, likeness };
  }
  return best?.line;
}

/** The letters that a regular expression asks for, without its operators: enough to find the line that was meant. */
export function lettersOfRegex(source: string): string {
  return source
    .replace(/\\x([2-7][0-9a-f])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\[[^\]]*\]|\(\?[:=!<]*|\\[a-zA-Z]|\{\d*,?\d*\}/g, " ")
    .replace(/[\\^$.*+?()|[\]{}]/g, " ");
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = text.toLowerCase().replace(/\s+/g, " ").trim().slice(0, 300);
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2)),
  );
}

function diceOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size + right.size === 0) return 0;
  return (2 * left.intersection(right).size) / (left.size + right.size);
}
