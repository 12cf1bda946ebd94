/** How a value is written where it lands, so that it stays a value: as it is, inside a regular expression, a glob, a JSONPath string. */
export type Landing = "plain" | "regex" | "glob" | "jsonpath";

const REFERENCE = /\{\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}\}/gu;

/** Names that a text refers to as `{{name}}`, in order, each once. */
export function referencesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(REFERENCE)].map((match) => match[1] ?? ""))];
}

/**
 * Replaces `{{name}}` by its value, escaped for where it lands. A name without a value stays as it was and is given to `missing`,
 * so that the caller decides; a value is never searched for references again.
 */
export function interpolate(
  text: string,
  values: Readonly<Record<string, string>>,
  landing: Landing = "plain",
  missing: (name: string) => void = () => {},
): string {
  return text.replace(REFERENCE, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      missing(name);
      return whole;
    }
    return escapeFor(landing, value);
  });
}

function escapeFor(landing: Landing, value: string): string {
  switch (landing) {
    case "plain":
      return value;
    case "regex":
      return RegExp.escape(value);
    case "glob":
      return value.replace(/[*?\\]/g, "\\$&");
    case "jsonpath":
      // RFC 9535 allows an escaped quote only in strings of that same quote; the \u form is allowed in both.
      return value.replace(/[\\'"\p{Cc}]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  }
}
