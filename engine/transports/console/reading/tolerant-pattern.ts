/** Letters that are one and the same stroke in most screen fonts: which of them was meant, only a reader of the language knows. */
const STROKES = "Il|i";

/** A pattern (bare, or as `/…/flags`) for text that was read from pixels: strokes stand for one another, runs of spaces too. Throws a SyntaxError. */
export function tolerantPattern(written: string): RegExp {
  const [, source = written, flags = ""] = /^\/(.+)\/([imsu]*)$/s.exec(written) ?? [];
  let tolerant = "";
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === "\\") {
      tolerant += source.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    if (character === " ") tolerant += inClass ? " " : " +";
    else if (!"Ili".includes(character)) tolerant += character;
    else tolerant += inClass ? STROKES : `[${STROKES}]`;
  }
  return new RegExp(tolerant, flags.includes("m") ? flags : `${flags}m`);
}
