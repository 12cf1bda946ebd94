/** Whether a text fits a pattern of OpenSSH: `*` is any text, `?` one character, nothing else is special. */
export function fitsPattern(text: string, pattern: string): boolean {
  const source = pattern.replace(/[*?]|[^*?]+/g, (part) => {
    if (part === "*") return "[^]*";
    return part === "?" ? "[^]" : RegExp.escape(part);
  });
  return new RegExp(`^${source}$`, "u").test(text);
}

/** Whether a text fits one of several patterns and none of those that begin with `!`. */
export function fitsPatterns(text: string, patterns: readonly string[]): boolean {
  if (patterns.some((pattern) => pattern.startsWith("!") && fitsPattern(text, pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && fitsPattern(text, pattern));
}
