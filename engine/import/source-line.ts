/** A line of the report that is read, by its number in the file. */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
  /** True for the first line of a page of a text that was cut in pages. */
  readonly opensPage?: boolean;
}

/** A line that is not taken over, and why. */
export interface LeftLine extends SourceLine {
  readonly why: "en-tête ou pied de page" | "numéro de page" | "table des matières" | "filet" | "en-tête YAML";
}

/** What a step keeps of the lines, and what it leaves aside. */
export interface Sifted {
  readonly kept: readonly SourceLine[];
  readonly left: readonly LeftLine[];
}

/** The lines of a text, whatever ends them; a form feed opens a page. */
export function sourceLines(text: string): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  const written = text.replace(/^\uFEFF/, "").split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  written.forEach((line, index) => {
    line.split("\f").forEach((part, page) => {
      lines.push({ number: index + 1, text: part.replaceAll("\0", ""), ...(page > 0 && { opensPage: true }) });
    });
  });
  return lines;
}

/** True for a line without anything to read. */
export function isBlank(text: string): boolean {
  return /^[\s\u200b\u2060]*$/.test(text);
}
