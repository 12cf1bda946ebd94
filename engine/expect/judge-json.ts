import { counted } from "../base/counted.ts";
import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";
import type { JsonRule, Judgement } from "../model/expectation.ts";
import { brief, briefJson, briefPairs } from "./brief-text.ts";
import { expectationMistake } from "./expectation-mistake.ts";
import type { Selected } from "./json-path.ts";
import { holdsAt, looselyEqual } from "./loosely-equal.ts";
import { readableRegex, readRegex } from "./regex-text.ts";
import { selectJson } from "./select-json.ts";

const SHOWN = 3;

/**
 * Judges a rule about a JSON answer. `count` asks for exactly so many selected values, otherwise there must be at least one; each of
 * them must satisfy `equals`, `matches`, `min` and `max` where these are given. Never throws.
 */
export function judgeJson(rule: JsonRule, json: Json): Judgement {
  const expected = expectedOf(rule);
  const mistake = expectationMistake(rule);
  if (mistake !== undefined) return { ok: false, expected, obtained: mistake };
  const selection = selectJson(rule, json);
  if ("failed" in selection) return { ok: false, expected, obtained: selection.failed };
  const { kept, candidates } = selection;
  const values = kept.map(({ value }) => value);
  const enough = rule.count === undefined ? values.length > 0 : values.length === rule.count;
  const wrong = values.filter((value) => !satisfies(rule, value));
  const ok = enough && wrong.length === 0;
  return {
    ok,
    expected,
    obtained: enough ? obtainedOf(ok ? values : wrong, rule.where) : amountOf(rule, kept, candidates),
  };
}

/** What a JSON rule asks for, in French. */
export function expectedOf(rule: JsonRule): string {
  const amount =
    rule.count === undefined
      ? "au moins une valeur"
      : rule.count === 0
        ? "aucune valeur"
        : counted(rule.count, "valeur");
  const where = rule.where === undefined ? "" : ` où ${briefPairs(rule.where)}`;
  return [`${amount} dans ${rule.path}${where}`, ...conditionsOf(rule)].join(", ");
}

function conditionsOf(rule: JsonRule): readonly string[] {
  return [
    ...(rule.equals === undefined ? [] : [`égale à ${briefJson(rule.equals)}`]),
    ...(rule.matches === undefined ? [] : [`qui correspond à ${brief(readableRegex(readRegex(rule.matches)))}`]),
    ...(rule.min === undefined ? [] : [`au moins ${rule.min}`]),
    ...(rule.max === undefined ? [] : [`au plus ${rule.max}`]),
  ];
}

function satisfies({ equals, matches, min, max }: JsonRule, value: Json): boolean {
  if (equals !== undefined && !looselyEqual(value, equals)) return false;
  if (matches !== undefined && !matchesText(matches, value)) return false;
  if (min === undefined && max === undefined) return true;
  const number = numberOf(value);
  return number !== undefined && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
}

function matchesText(written: string, value: Json): boolean {
  if (value === null || typeof value === "object") return false;
  const { source, flags } = readRegex(written);
  return new RegExp(source, flags).test(String(value));
}

/** Proxmox writes some numbers as strings. */
function numberOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function obtainedOf(values: readonly Json[], where: JsonObject = {}): string {
  if (values.length === 0) return "aucune valeur";
  const shown = values.slice(0, SHOWN).map((value) => briefJson(askedFirst(value, where)));
  const rest = values.length > SHOWN ? ` ; et ${values.length - SHOWN} de plus` : "";
  return shown.join(" ; ") + rest;
}

/** A long object is cut: what was asked of it comes before the cut. */
function askedFirst(value: Json, where: JsonObject): Json {
  if (!isJsonObject(value)) return value;
  const asked = Object.keys(where).filter((key) => Object.hasOwn(value, key));
  return { ...Object.fromEntries(asked.map((key) => [key, value[key] ?? null])), ...value };
}

/** Too many or too few: what there is and, when `where` kept nothing, the candidate that came closest and what it lacks. */
function amountOf(rule: JsonRule, kept: readonly Selected[], candidates: readonly Selected[]): string {
  if (kept.length > 0)
    return `${counted(kept.length, "valeur")} : ${obtainedOf(
      kept.map(({ value }) => value),
      rule.where,
    )}`;
  const objects = candidates.flatMap(({ holder }) => (holder === undefined ? [] : [holder]));
  const closest = rule.where === undefined ? undefined : closestTo(rule.where, objects);
  if (closest !== undefined) return `aucune valeur ; au plus près : ${closest}`;
  return candidates.length === 0
    ? "aucune valeur"
    : `aucune valeur ; sans la condition : ${obtainedOf(candidates.map((c) => c.value))}`;
}

function closestTo(where: JsonObject, objects: readonly JsonObject[]): string | undefined {
  const keys = Object.keys(where);
  const wrongIn = (object: JsonObject) => keys.filter((key) => !holdsAt(object, key, where[key] ?? null));
  // Authors name a thing first (type, name) and its state last: of equals, the one whose first keys are right is the one meant.
  const rank = (wrong: readonly string[]) => wrong.length - keys.indexOf(wrong[0] ?? "") / keys.length;
  const [best] = objects
    .map((object) => ({ object, wrong: wrongIn(object) }))
    .filter(({ wrong }) => wrong.length < keys.length)
    .sort((left, right) => rank(left.wrong) - rank(right.wrong));
  if (best === undefined) return undefined;
  const wrong = best.wrong.map(
    (key) => `${key} ${differenceOf(best.object, key)} (attendu ${briefJson(where[key] ?? null)})`,
  );
  const right = keys
    .filter((key) => !best.wrong.includes(key))
    .map((key) => `${key} = ${briefJson(where[key] ?? null)}`);
  return `${wrong.join(", ")} là où ${right.join(", ")}`;
}

function differenceOf(object: JsonObject, key: string): string {
  if (!Object.hasOwn(object, key)) return "absent";
  const value = object[key] ?? null;
  return isJsonObject(value) ? "est un objet" : `= ${briefJson(value, 60)}`;
}
