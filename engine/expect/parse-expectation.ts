import { interpolate, type Landing, referencesIn } from "../base/interpolate.ts";
import type { BlockSettings } from "../model/block-settings.ts";
import type { Expectation, JsonRule, LineRule } from "../model/expectation.ts";
import type { Values } from "../model/values.ts";
import { expectationMistake } from "./expectation-mistake.ts";
import { fillJson, fillObject } from "./fill-json.ts";
import { isGlob, unescapeGlob } from "./glob.ts";
import { readSlashed } from "./regex-text.ts";

/** One entry of a block's `expect`, as its settings hold it. */
export type WrittenExpectation = NonNullable<BlockSettings["expect"]>[number];

/** A rule ready to judge, or the French reason why the entry is none. */
export type ParsedExpectation =
  | { readonly ok: true; readonly expectation: Expectation }
  | { readonly ok: false; readonly reason: string };

type Writer = (text: string, landing: Landing) => string;

/**
 * Reads one entry of `expect` and fills in its `{{name}}` references, each escaped for where it lands, so that a value with a `*`
 * or a `.` stands for itself. A reference without a value makes the entry fail with its name.
 */
export function parseExpectation(written: WrittenExpectation, values: Values): ParsedExpectation {
  const missing = new Set<string>();
  const fill: Writer = (text, landing) => interpolate(text, values, landing, (name) => missing.add(name));
  const expectation = read(written, fill);
  if (missing.size > 0) return { ok: false, reason: `valeur inconnue à cette étape : ${[...missing].join(", ")}` };
  const reason = expectationMistake(expectation);
  return reason === undefined ? { ok: true, expectation } : { ok: false, reason };
}

/** Why an entry of `expect` is malformed, in French, whatever its references will hold; undefined when it is sound. */
export function checkExpectation(written: WrittenExpectation): string | undefined {
  const names = referencesIn(JSON.stringify(written));
  // Any value does: it lands escaped, so it can neither break nor mend a rule. A digit is also a legal index.
  const parsed = parseExpectation(written, Object.fromEntries(names.map((name) => [name, "0"])));
  return parsed.ok ? undefined : parsed.reason;
}

function read(written: WrittenExpectation, fill: Writer): Expectation {
  if (typeof written === "string") return lineRule(written, false, fill);
  if ("not" in written) return lineRule(written.not, true, fill);
  if ("equal" in written) return { type: "equal", text: fill(written.equal, "plain"), negated: false };
  if ("glob" in written) return { type: "glob", text: fill(written.glob, "glob"), negated: false };
  return jsonRule(written.json, fill);
}

function lineRule(text: string, negated: boolean, fill: Writer): LineRule {
  const regex = readSlashed(text);
  // The form is decided on the author's text, before any value is in it.
  if (regex !== undefined) return { type: "regex", source: fill(regex.source, "regex"), flags: regex.flags, negated };
  if (isGlob(text)) return { type: "glob", text: fill(text, "glob"), negated };
  return { type: "equal", text: fill(unescapeGlob(text), "plain"), negated };
}

function jsonRule(rule: Extract<WrittenExpectation, { json: object }>["json"], fill: Writer): JsonRule {
  const plain = (text: string) => fill(text, "plain");
  return {
    type: "json",
    path: fill(rule.path, "jsonpath"),
    ...(rule.where !== undefined && { where: fillObject(rule.where, plain) }),
    ...(rule.equals !== undefined && { equals: fillJson(rule.equals, plain) }),
    ...(rule.matches !== undefined && { matches: fill(rule.matches, "regex") }),
    ...(rule.count !== undefined && { count: rule.count }),
    ...(rule.min !== undefined && { min: rule.min }),
    ...(rule.max !== undefined && { max: rule.max }),
  };
}
