import { jsonpath } from "json-p3";
import { isJsonObject, type Json } from "../base/json.ts";

/** Whether a text is an RFC 9535 JSONPath. */
export function isJsonPath(text: string): boolean {
  try {
    jsonpath.compile(text);
    return true;
  } catch {
    return false;
  }
}

/** The value with `…` wherever one of these JSONPaths leads. */
export function blankOut(value: Json, paths: readonly string[]): Json {
  return paths.reduce((current, path) => {
    // The library only reads; its types merely lack `readonly`.
    const nodes = [...jsonpath.query(path, current as Parameters<typeof jsonpath.query>[1])];
    return nodes.reduce((json, { location }) => replaceAt(json, location), current);
  }, value);
}

function replaceAt(value: Json, [key, ...rest]: readonly (string | number)[]): Json {
  if (key === undefined) return "…";
  if (Array.isArray(value))
    return value.map((each: Json, index) => (index === Number(key) ? replaceAt(each, rest) : each));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === key ? replaceAt(each, rest) : each]),
  );
}
