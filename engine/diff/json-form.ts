import type { Json } from "../base/json.ts";
import type { DiffedLine } from "../compare/index.ts";
import type { RunDifference } from "./difference.ts";

/** The comparison as plain JSON, format `constat-diff` 1: equal lines and the drawn overlays are left out, everything else is there. */
export function toJson(difference: RunDifference): Json {
  const replace = (key: string, value: unknown): unknown => {
    if (key === "overlay") return undefined;
    if (key === "lines" && Array.isArray(value) && value.every((line: unknown) => typeof line === "object"))
      return (value as readonly DiffedLine[]).filter(({ mark }) => mark !== " ");
    return value;
  };
  const plain = JSON.parse(JSON.stringify(difference, replace)) as { readonly [key: string]: Json };
  return { format: "constat-diff", version: 1, ...plain };
}
