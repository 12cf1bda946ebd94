import { jsonpath } from "json-p3";
import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";

/** One value that a JSONPath selects, with the nearest object that holds it (itself when it is one). */
export interface Selected {
  readonly value: Json;
  readonly holder: JsonObject | undefined;
}

/** Why a text is not an RFC 9535 JSONPath, in French; undefined when it is one. */
export function jsonPathMistake(path: string): string | undefined {
  try {
    jsonpath.compile(path);
    return undefined;
  } catch (error) {
    return `JSONPath invalide « ${path} »${reasonOf(error)}`;
  }
}

/** What a JSONPath selects, in document order. Throws when the path is malformed or the answer is nested beyond all measure. */
export function selectPath(path: string, json: Json): readonly Selected[] {
  // The library only reads; its types merely lack `readonly`.
  const nodes = jsonpath.query(path, json as Parameters<typeof jsonpath.query>[1]);
  return [...nodes].map((node) => ({ value: node.value as Json, holder: holderOf(json, node.location) }));
}

function holderOf(root: Json, location: readonly (string | number)[]): JsonObject | undefined {
  let current: Json | undefined = root;
  let holder = isJsonObject(current) ? current : undefined;
  for (const key of location) {
    current = Array.isArray(current) ? current[Number(key)] : isJsonObject(current) ? current[key] : undefined;
    if (isJsonObject(current)) holder = current;
  }
  return holder;
}

function reasonOf(error: unknown): string {
  // The library ends its message with ('text':index); the index counts from 0.
  const index = error instanceof Error ? /:(\d+)\)$/.exec(error.message)?.[1] : undefined;
  return index === undefined ? "" : ` (vers le caractère ${Number(index) + 1})`;
}
