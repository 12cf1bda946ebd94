/** A word of a line, its quotes gone, and the column where it begins, from 1. */
export interface Word {
  readonly text: string;
  readonly column: number;
}

/** Blanks · comment · 'text' · "text" · escaped sign · plain text · what is left: a quote that does not close. */
const PIECE = /(\s+)|#.*|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.?)|([^\s'"#\\]+)|(['"])/gsy;

/** The words of a line as a POSIX shell splits them, up to a `#`; undefined when a quote does not close. */
export function splitWords(line: string): readonly Word[] | undefined {
  const words: Word[] = [];
  let word: Word | undefined;
  for (const match of line.matchAll(PIECE)) {
    const [piece, blank, single, double, escaped, plain, open] = match;
    if (open !== undefined) return undefined;
    if (blank !== undefined || piece.startsWith("#")) {
      if (word !== undefined) words.push(word);
      word = undefined;
      if (blank === undefined) break;
    } else {
      const text = single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? plain ?? "";
      word = { column: word?.column ?? match.index + 1, text: `${word?.text ?? ""}${text}` };
    }
  }
  return word === undefined ? words : [...words, word];
}
