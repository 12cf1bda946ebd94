import type { BlockSettings } from "../../model/block-settings.ts";

/** The keys that name other blocks. */
export const REFERENCE_KEYS = ["needs", "unless", "verify", "during", "stops"] as const;
export type ReferenceKey = (typeof REFERENCE_KEYS)[number];

/** The ids that a block names, with the key that names them. */
export function referencesOf(settings: BlockSettings): readonly { readonly key: ReferenceKey; readonly id: string }[] {
  return REFERENCE_KEYS.flatMap((key) => {
    const value = settings[key];
    const ids = value === undefined ? [] : typeof value === "string" ? [value] : value;
    return ids.map((id) => ({ key, id }));
  });
}
