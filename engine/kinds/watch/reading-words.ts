import type { Json } from "../../base/json.ts";
import { selectJson } from "../../expect/index.ts";
import type { WatchCondition } from "../../model/watch-spec.ts";
import type { Readings } from "./conditions.ts";
import type { Reading } from "./take-sample.ts";

const LONGEST = 80;

/** What the last readings said of what these conditions ask: « migration : 56 ; nœud : pve1 ». */
export function readingWords(conditions: readonly WatchCondition[], readings: Readings): string {
  const words = conditions.map((each) => `${each.of} : ${said(each, readings.get(each.of))}`);
  return [...new Set(words)].join(" ; ");
}

function said({ path }: WatchCondition, reading: Reading | undefined): string {
  if (reading === undefined) return "pas encore mesuré";
  if (reading.state === "unknown") return "non mesuré";
  const values = path === undefined || reading.data === undefined ? reading.values : selected(path, reading.data);
  const state =
    reading.state === "ok" ? "répond" : `ne répond pas${reading.reason === undefined ? "" : ` (${reading.reason})`}`;
  return cut(values.length === 0 ? `${state}, aucune valeur` : values.map(text).join(", "));
}

function selected(path: string, data: Json): readonly Json[] {
  const found = selectJson({ path }, data);
  return "failed" in found ? [] : found.kept.map(({ value }) => value);
}

function text(value: Json): string {
  if (typeof value === "number") return String(value).replace(".", ",");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function cut(words: string): string {
  const characters = [...words];
  return characters.length <= LONGEST ? words : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
