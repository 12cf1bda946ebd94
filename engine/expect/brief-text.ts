import { isJsonObject, type Json } from "../base/json.ts";

const LONGEST = 160;

/** A text on one line, cut with a visible mark when it is longer than `longest` characters. */
export function brief(text: string, longest = LONGEST): string {
  const line = text.replaceAll("\n", "↵").replaceAll("\t", "  ");
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join("")}…`;
}

/** A JSON value as a reader takes it in: texts without quotes, objects as `clé = valeur`. */
export function briefJson(value: Json, longest = LONGEST): string {
  if (isJsonObject(value)) return brief(`{ ${briefPairs(value)} }`, longest);
  return brief(typeof value === "string" ? value : JSON.stringify(value), longest);
}

/** The pairs of an object, `clé = valeur` joined by commas. */
export function briefPairs(object: { readonly [key: string]: Json }): string {
  return Object.entries(object)
    .map(([key, value]) => `${key} = ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
