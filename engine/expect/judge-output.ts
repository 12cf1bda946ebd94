import type { Json } from "../base/json.ts";
import type { Expectation, JsonRule, Judgement } from "../model/expectation.ts";
import { brief } from "./brief-text.ts";
import { expectedOf, judgeJson } from "./judge-json.ts";
import { judgeLine } from "./judge-line.ts";
import { outputLines, plainOutput } from "./output-lines.ts";

const SHOWN = 80;

/** A text read as JSON, or the French reason why it is none, with its beginning. */
export type ReadJson = { readonly json: Json } | { readonly failed: string };

/** Judges an output by each rule, in order. Terminal escapes do not count. Never throws on rules that were parsed. */
export function judgeOutput(expectations: readonly Expectation[], stdout: string): readonly Judgement[] {
  const lines = outputLines(stdout);
  let read: ReadJson | undefined;
  return expectations.map((expectation) => {
    if (expectation.type !== "json") return judgeLine(expectation, lines);
    read ??= readJson(stdout);
    return judgeJsonText(expectation, read);
  });
}

/** Reads an output as one JSON document. */
export function readJson(stdout: string): ReadJson {
  const text = plainOutput(stdout).trim();
  if (text === "") return { failed: "aucune sortie, donc pas de JSON" };
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return { failed: `la sortie n’est pas du JSON : « ${brief(text, SHOWN)} »` };
  }
}

function judgeJsonText(rule: JsonRule, read: ReadJson): Judgement {
  if ("failed" in read) return { ok: false, expected: expectedOf(rule), obtained: read.failed };
  return judgeJson(rule, read.json);
}
