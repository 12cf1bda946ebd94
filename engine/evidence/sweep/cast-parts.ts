import type { Part } from "./part.ts";

/** What a recorded terminal showed, put together again: a word may stand in two of its pieces. None when the text is no recording. */
export function castParts(text: string): readonly Part[] {
  if (!/^\{"version":\s*[23]/.test(text)) return [];
  let shown = "";
  for (const line of text.split("\n").slice(1)) {
    try {
      const event: unknown = JSON.parse(Buffer.from(line, "latin1").toString("utf8"));
      if (Array.isArray(event) && typeof event[2] === "string") shown += event[2];
    } catch {
      // A line that is no event is searched as text.
    }
  }
  return [{ where: "enregistrement", bytes: Buffer.from(shown, "utf8") }];
}
