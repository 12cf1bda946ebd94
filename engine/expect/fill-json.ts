import type { Json, JsonObject } from "../base/json.ts";

/** The same JSON value with each of its texts written anew; keys stay. */
export function fillJson(value: Json, fill: (text: string) => string): Json {
  if (typeof value === "string") return fill(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: Json) => fillJson(item, fill));
  return fillObject(value as JsonObject, fill);
}

/** The same object with each of its texts written anew; keys stay. */
export function fillObject(object: JsonObject, fill: (text: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, fillJson(item, fill)]));
}
