import { counted } from "../base/counted.ts";
import type { DiffLine, Judgement } from "../model/expectation.ts";
import type { ExpectedOutput } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { alignOutput } from "./align-output.ts";
import { brief } from "./brief-text.ts";
import { outputLines } from "./output-lines.ts";
import { type OutputRule, readOutputRules } from "./output-rule.ts";

/** Lines that agree are shown so far around each difference. */
const CONTEXT = 2;

/** Judges an output by the one that is written below its block, line by line; none written, nothing judged. */
export function judgeExpectedOutput(
  expected: ExpectedOutput | undefined,
  stdout: string,
  values: Values,
): readonly Judgement[] {
  if (expected === undefined) return [];
  const rules: OutputRule[] = [];
  const words = `la sortie écrite sous le bloc (${counted(expected.lines.length, "ligne")})`;
  for (const [index, line] of withoutEnd(expected.lines).entries()) {
    const read = readOutputRules(line, values);
    if ("failed" in read) return [{ ok: false, expected: words, obtained: `ligne ${index + 1} : ${read.failed}` }];
    rules.push(...read.rules);
  }
  const lines = outputLines(stdout);
  const diff = alignOutput(rules, lines);
  const wrong = diff.filter(({ mark }) => mark !== " ");
  if (wrong.length === 0)
    return [{ ok: true, expected: words, obtained: `${counted(lines.length, "ligne")}, conforme` }];
  return [{ ok: false, expected: words, obtained: differenceWords(wrong), diff: nearby(diff) }];
}

/** The empty lines at the end of a fence are the author's layout. */
function withoutEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1);
}

function differenceWords(wrong: readonly DiffLine[]): string {
  const missing = wrong.find(({ mark }) => mark === "-");
  const surplus = wrong.find(({ mark }) => mark === "+");
  const parts = [
    ...(missing === undefined ? [] : [`attendu « ${brief(missing.text, 80)} »`]),
    ...(surplus === undefined ? [] : [`obtenu « ${brief(surplus.text, 80)} »`]),
  ];
  const verb = wrong.length > 1 ? "diffèrent" : "diffère";
  return `${counted(wrong.length, "ligne")} ${verb}, d’abord : ${parts.join(", ")}`;
}

function nearby(diff: readonly DiffLine[]): readonly DiffLine[] {
  const kept = diff.map((_, at) =>
    diff.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ mark }) => mark !== " "),
  );
  return diff.flatMap((line, at) => {
    if (kept[at] === true) return [line];
    return at > 0 && kept[at - 1] === true ? [{ mark: " ", text: "…" }] : [];
  });
}
