import type { Json } from "../base/json.ts";

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** A JSON object or list; numbers that a double cannot hold keep their spelling, as text. Undefined when the text is none. */
export function readDocument(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const exact: Reviver = (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? source
      : value;
  try {
    return JSON.parse(text, exact as (key: string, value: unknown) => unknown) as Json;
  } catch {
    return undefined;
  }
}
