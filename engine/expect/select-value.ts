import { interpolate, referencesIn } from "../base/interpolate.ts";
import type { Json, JsonObject } from "../base/json.ts";
import type { BlockSettings } from "../model/block-settings.ts";
import type { Values } from "../model/values.ts";
import { briefJson, briefPairs } from "./brief-text.ts";
import { fillObject } from "./fill-json.ts";
import { jsonPathMistake } from "./json-path.ts";
import { readJson } from "./judge-output.ts";
import { plainOutput } from "./output-lines.ts";
import { type RegexText, readableRegex, readRegex, readSlashed, regexMistake } from "./regex-text.ts";
import { type Query, selectJson } from "./select-json.ts";

/** One entry of a block's `save`, as its settings hold it. */
export type WrittenSelector = NonNullable<BlockSettings["save"]>[string];

/** The value, or in French why there is none. */
export type SelectedValue = { readonly value: string } | { readonly missing: string };

type Selector =
  | { readonly type: "regex"; readonly regex: RegexText }
  | { readonly type: "json"; readonly query: Query; readonly all: boolean };

/**
 * Takes a value out of an output: the first group (else the whole match) of a regular expression, in which `^` and `$` are line ends,
 * or what a JSONPath selects. Several different values are no value: the author has to say which, or that all are wanted (`all`: one a
 * line). `{{name}}` is filled in before.
 */
export function selectValue(written: WrittenSelector, stdout: string, values: Values): SelectedValue {
  const unknown = new Set<string>();
  const selector = read(written, values, (name) => unknown.add(name));
  if (unknown.size > 0) return { missing: `valeur inconnue à cette étape : ${[...unknown].join(", ")}` };
  const mistake = mistakeOf(selector);
  if (mistake !== undefined) return { missing: mistake };
  return selector.type === "regex" ? byRegex(selector.regex, stdout) : byPath(selector, stdout);
}

/** Why an entry of `save` is malformed, in French; undefined when it is sound. */
export function checkSelector(written: WrittenSelector): string | undefined {
  const names = referencesIn(JSON.stringify(written));
  return mistakeOf(read(written, Object.fromEntries(names.map((name) => [name, "0"])), () => {}));
}

function read(written: WrittenSelector, values: Values, unknown: (name: string) => void): Selector {
  const regexOf = ({ source, flags }: RegexText): Selector => ({
    type: "regex",
    regex: { source: interpolate(source, values, "regex", unknown), flags },
  });
  const plain = (text: string) => interpolate(text, values, "plain", unknown);
  const pathOf = (path: string, where?: JsonObject, all = false): Selector => ({
    type: "json",
    all,
    query: { path: interpolate(path, values, "jsonpath", unknown), where: where && fillObject(where, plain) },
  });
  if (typeof written === "string") {
    if (/^\$[.[]/.test(written)) return pathOf(written);
    return regexOf(readSlashed(written) ?? { source: written, flags: "" });
  }
  return "regex" in written ? regexOf(readRegex(written.regex)) : pathOf(written.json, written.where, written.all);
}

function mistakeOf(selector: Selector): string | undefined {
  if (selector.type === "json") return jsonPathMistake(selector.query.path);
  return selector.regex.source === "" ? "sélecteur vide" : regexMistake(selector.regex);
}

function byRegex(regex: RegexText, stdout: string): SelectedValue {
  const pattern = new RegExp(regex.source, [...new Set(`${regex.flags}m`)].join(""));
  const match = pattern.exec(plainOutput(stdout));
  if (match === null) return { missing: `aucune correspondance avec ${readableRegex(regex)}` };
  return { value: match.slice(1).find((group) => group !== undefined) ?? match[0] };
}

function byPath({ query, all }: Selector & { readonly type: "json" }, stdout: string): SelectedValue {
  const read = readJson(stdout);
  if ("failed" in read) return { missing: read.failed };
  const selection = selectJson(query, read.json);
  if ("failed" in selection) return { missing: selection.failed };
  const texts = [...new Set(selection.kept.map(({ value }) => textOf(value)))];
  const [value] = texts;
  const where = query.where === undefined ? "" : ` où ${briefPairs(query.where)}`;
  if (value === undefined) return { missing: `aucune valeur dans ${query.path}${where}` };
  if (texts.length === 1) return { value };
  // A value of several lines would be taken for several values.
  if (all && !texts.some((text) => text.includes("\n"))) return { value: texts.join("\n") };
  const shown = texts.slice(0, 3).map((text) => briefJson(text, 40));
  return {
    missing: `${texts.length} valeurs différentes dans ${query.path}${where} (${shown.join(", ")}${texts.length > 3 ? "…" : ""}) ; précisez laquelle`,
  };
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
