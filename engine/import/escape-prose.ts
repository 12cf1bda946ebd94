/** What a line of a plain text must not begin with, or Markdown reads it as something else. */
const OPENS = /^(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|={1,}\s*$|-+\s*$|\||\[[^\]]*\]:|:)/;
const ORDERED = /^(\d{1,9})([.)])(?=\s|$)/;
const SPECIAL = /[*~<`]|\\(?=[!-/:-@[-`{-~]|$)|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=\()/gu;

/** A line of plain text as Markdown that shows the same letters. Code between backticks stays. */
export function escapeProse(line: string): string {
  const spans = line.split(/(`[^`]+`)/);
  const inside = spans.map((span, index) => (index % 2 === 1 ? span : span.replace(SPECIAL, "\\$&"))).join("");
  return inside.replace(OPENS, "\\$&").replace(ORDERED, "$1\\$2");
}
