import { counted } from "../../base/counted.ts";
import type { Json } from "../../base/json.ts";
import { readableRegex, readRegex } from "../../expect/index.ts";
import type { WatchCondition } from "../../model/watch-spec.ts";

/** Conditions as a reader of the report says them: « nœud (vaut pve2) et ping (répond) ». */
export function conditionWords(conditions: readonly WatchCondition[]): string {
  return conditions.map((each) => `${each.of} (${partsOf(each).join(", ")})`).join(" et ");
}

function partsOf({ answers, path, where, equals, matches, count, min, max }: WatchCondition): readonly string[] {
  const rules = [
    ...(path === undefined ? [] : [`dans ${path}`]),
    ...(where === undefined ? [] : [`où ${pairs(where)}`]),
    ...(equals === undefined ? [] : [`vaut ${said(equals)}`]),
    ...(matches === undefined ? [] : [`correspond à ${readableRegex(readRegex(matches))}`]),
    ...(count === undefined ? [] : [count === 0 ? "aucune valeur" : counted(count, "valeur")]),
    ...(min === undefined ? [] : [`au moins ${decimal(min)}`]),
    ...(max === undefined ? [] : [`au plus ${decimal(max)}`]),
  ];
  if (answers === false) return ["ne répond pas", ...rules];
  return answers === true || rules.length === 0 ? ["répond", ...rules] : rules;
}

function pairs(where: { readonly [key: string]: Json }): string {
  return Object.entries(where)
    .map(([key, value]) => `${key} vaut ${said(value)}`)
    .join(" et ");
}

function said(value: Json): string {
  return typeof value === "string" ? value : typeof value === "number" ? decimal(value) : JSON.stringify(value);
}

function decimal(value: number): string {
  return String(value).replace(".", ",");
}
