import { blockSettingsSchema } from "../../../engine/model/block-settings.ts";
import type { Block } from "../../../engine/model/runbook.ts";

const place = { file: "03.md", line: 10, column: 1 };

/** A browser block of that body, from the eleventh line of its document on. */
export function block(body: string, settings: object = {}): Block {
  return {
    id: "vue",
    derivedId: false,
    kind: "browser",
    role: "check",
    language: "yaml",
    chapter: 3,
    section: 0,
    body,
    bodyLine: 11,
    bodyColumn: 1,
    raw: {},
    settings: blockSettingsSchema.parse(settings),
    place,
  };
}
