const UNESCAPED_WILDCARD = /^(?:[^\\*?]|\\.|\\$)*[*?]/su;
const ESCAPED_WILDCARD = /\\[*?]/;

/** True for a text in which `*` or `?` stands without a backslash before it. */
export function isGlob(text: string): boolean {
  return UNESCAPED_WILDCARD.test(text);
}

/** The text that a wildcard-free author's text means: `\*` and `\?` are the characters themselves. Without them nothing changes. */
export function unescapeGlob(text: string): string {
  return ESCAPED_WILDCARD.test(text) ? text.replace(/\\([*?\\])/g, "$1") : text;
}

/** A glob for whole lines: `*` any characters, also none and also slashes; `?` exactly one; a backslash takes their meaning away. */
export function globToRegExp(glob: string): RegExp {
  const source = glob.replace(/\\([*?\\])|([*?])|([^*?])/gsu, (_, escaped, wildcard, other) =>
    wildcard === undefined ? RegExp.escape(escaped ?? other) : wildcard === "*" ? ".*" : ".",
  );
  return new RegExp(`^${source}$`, "su");
}
