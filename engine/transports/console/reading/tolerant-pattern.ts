/** Letters that are one and the same stroke in most screen fonts: which of them was meant, only a reader of the language knows. */
const STROKES = "Il|i";

/** A pattern (bare, or as `/…/flags`) for text that was read from pixels: strokes stand for one another, runs of spaces too. Throws a SyntaxError. */
export function tolerantPattern(written: string): RegExp {
  const [, source = written, flags = ""] = /^\/(.+)\/([imsu]*)$/s.exec(written) ?? [];
  // A group's head, `(?<line>` or `(?i:`, and a reference to it are no text.
  const tolerant = source.replace(
    /\\k<[^>]*>|\\.|\(\?(?:<[=!]|<[^>]*>|[a-z-]*:|[=!])|\[(?:\\.|[^\]\\])*\]|[ Ili]/gs,
    (part, at: number) => {
      if (part === " ") return spaces(source.charAt(at + 1));
      if (part.startsWith("[")) return /[Ili|]/.test(part) ? `${part.slice(0, -1)}${STROKES}]` : part;
      return part.startsWith("\\") || part.startsWith("(") ? part : `[${STROKES}]`;
    },
  );
  return new RegExp(tolerant, flags.includes("m") ? flags : `${flags}m`);
}

/** What the author wrote behind a space counts for the run of spaces. */
function spaces(next: string): string {
  if (next === "+" || next === "*") return " ";
  return next === "?" || next === "{" ? "(?: +)" : " +";
}
