import { isJsonObject, type Json } from "../base/json.ts";
import type { Ignoring } from "./ignoring.ts";

/** A text without what is left out, line by line. */
export function neutralText(text: string, ignoring: Ignoring): string {
  return text.split("\n").map(ignoring.neutral).join("\n");
}

/** One spelling of a value without what is left out: two values with the same spelling are equal for a comparison. */
export function neutralJson(value: Json, ignoring: Ignoring): string {
  if (typeof value === "string") return JSON.stringify(neutralText(value, ignoring));
  if (Array.isArray(value)) return `[${value.map((each: Json) => neutralJson(each, ignoring)).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => {
      const member = value[name] ?? null;
      const spelled = ignoring.key(name, member, member) === undefined ? neutralJson(member, ignoring) : "…";
      return `${JSON.stringify(name)}:${spelled}`;
    });
  return `{${members.join()}}`;
}
