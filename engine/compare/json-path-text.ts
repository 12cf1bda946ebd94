/** The JSONPath of a member below another: `.name`, or `['other name']`. */
export function memberPath(path: string, name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `${path}.${name}` : `${path}[${pathText(name)}]`;
}

/** A text as RFC 9535 quotes it in a path. */
export function pathText(text: string): string {
  const escaped = text.replace(/[\\'\p{Cc}]/gu, (letter) =>
    letter === "\\" || letter === "'" ? `\\${letter}` : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `'${escaped}'`;
}
