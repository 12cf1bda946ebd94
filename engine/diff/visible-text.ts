/** A text in which nothing can hide: control and direction characters stand as their code points, tabs and line ends stay. */
export function visibleText(text: string): string {
  return text.replace(
    /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (letter) => `‹U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`,
  );
}

/** On one line, cut with a mark beyond `longest` characters. */
export function briefText(text: string, longest: number): string {
  const line = visibleText(text.replaceAll("\n", "↵"));
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
