import type { Json } from "../../base/json.ts";

/**
 * Writes a value as ExtJS keeps state in local storage: a letter for the type, `=` and `^` between the parts, each level escaped
 * again so that the marks of the level below are not seen. Its reader undoes one `unescape` a level.
 */
export function encodeState(value: Json): string {
  return escapeLevel(typed(value));
}

function typed(value: Json): string {
  if (value === null) return "e:1";
  if (typeof value === "number") return `n:${value}`;
  if (typeof value === "boolean") return `b:${value ? "1" : "0"}`;
  if (typeof value === "string") return `s:${value}`;
  if (Array.isArray(value)) return `a:${value.map((item: Json) => encodeState(item)).join("^")}`;
  const pairs = Object.entries(value).map(([key, item]) => `${key}=${encodeState(item)}`);
  return `o:${pairs.join("^")}`;
}

/** The old `escape`: code units, not UTF-8 bytes. */
function escapeLevel(text: string): string {
  return text.replace(/[^A-Za-z0-9@*_+\-./]/g, (unit) => {
    const code = unit.charCodeAt(0);
    const hex = code.toString(16).toUpperCase();
    return code < 256 ? `%${hex.padStart(2, "0")}` : `%u${hex.padStart(4, "0")}`;
  });
}
