import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";

/**
 * Whether two JSON values say the same: 1, "1" and true are equal, so are 0, "0" and false, because Proxmox mixes them from one
 * call to the next. Lists and objects are equal when their parts are.
 */
export function looselyEqual(left: Json, right: Json): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => looselyEqual(item, right[index] ?? null));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    return Object.keys(left).length === Object.keys(right).length && holds(left, right);
  }
  const leftText = scalarText(left);
  return leftText !== undefined && leftText === scalarText(right);
}

/** Whether an object holds all the values of another, compared loosely. */
export function holds(object: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([key, value]) => holdsAt(object, key, value));
}

/** Whether an object holds this value under this key, compared loosely. */
export function holdsAt(object: JsonObject, key: string, value: Json): boolean {
  return Object.hasOwn(object, key) && looselyEqual(object[key] ?? null, value);
}

/** The text by which scalars are compared; undefined for lists and objects. The NUL keeps null apart from every string. */
function scalarText(value: Json): string | undefined {
  if (value === null) return "\0null";
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "object" ? undefined : String(value);
}
