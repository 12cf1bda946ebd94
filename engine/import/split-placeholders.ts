/** A piece of a paragraph: text, or one placeholder that stands by itself. */
export interface Part {
  readonly type: "text" | "placeholder";
  readonly text: string;
}

const GAP = "[\\s\\u200b\\u2060]*";

/** A placeholder as loosely as the engine reads it, over the end of a line too. */
export const PLACEHOLDER = new RegExp(`\\[${GAP}capture${GAP}[:：]((?:[^\\[\\]]|\\[[^\\[\\]]*\\])*)\\]`, "giu");

/**
 * Cuts a paragraph so that placeholders at its beginning or end stand by themselves; one in the middle of a sentence stays there, on one
 * line.
 */
export function splitPlaceholders(paragraph: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of paragraph.matchAll(PLACEHOLDER)) {
    parts.push({ type: "text", text: paragraph.slice(at, match.index) });
    parts.push({ type: "placeholder", text: match[0].replace(/\s*\n\s*/g, " ") });
    at = match.index + match[0].length;
  }
  if (parts.length === 0) return [{ type: "text", text: paragraph }];
  parts.push({ type: "text", text: paragraph.slice(at) });
  const said = parts.filter(({ type, text }) => type === "text" && !isSeparator(text));
  const last = parts.findLastIndex((part) => said.includes(part));
  const first = parts.findIndex((part) => said.includes(part));
  const inside = parts.slice(first < 0 ? parts.length : first, last + 1);
  const sentence = inside
    .map(({ text }) => text)
    .join("")
    .trim();
  const alone = (some: readonly Part[]) => some.filter(({ type }) => type === "placeholder");
  return [
    ...alone(parts.slice(0, first < 0 ? parts.length : first)),
    ...(sentence === "" ? [] : [{ type: "text", text: sentence } as const]),
    ...(first < 0 ? [] : alone(parts.slice(last + 1))),
  ];
}

/** Between two placeholders only spaces and marks that separate: nothing is said there. */
function isSeparator(text: string): boolean {
  return /^[\s\u200b\u2060,;.|/–—-]*$/u.test(text);
}
