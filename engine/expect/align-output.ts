import type { DiffLine } from "../model/expectation.ts";
import type { OutputRule } from "./output-rule.ts";

/** Beyond so many pairs of rule and line, the lines that are left are told as surplus: an explanation is not worth a slow step. */
const MOST_PAIRS = 4_000_000;

/** How rules and lines go together with the fewest differences; every line of the output is in it once. */
export function alignOutput(rules: readonly OutputRule[], lines: readonly string[]): readonly DiffLine[] {
  const compared = lines.slice(0, Math.max(1, Math.floor(MOST_PAIRS / (rules.length + 1))));
  const costs = costTable(rules, compared);
  const diff: DiffLine[] = [];
  let at = 0;
  let line = 0;
  while (at < rules.length || line < compared.length) {
    const rule = rules[at];
    const text = compared[line];
    const cost = costs.of(at, line);
    if (
      rule !== undefined &&
      text !== undefined &&
      rule.matches(text) &&
      cost === costs.of(after(rule, at), line + 1)
    ) {
      diff.push({ mark: " ", text });
      at = after(rule, at);
      line += 1;
    } else if (rule !== undefined && cost === costs.of(at + 1, line) + missed(rule)) {
      if (missed(rule) > 0) diff.push({ mark: "-", text: rule.written });
      at += 1;
    } else {
      diff.push({ mark: "+", text: text ?? "" });
      line += 1;
    }
  }
  return [...diff, ...lines.slice(compared.length).map((text): DiffLine => ({ mark: "+", text }))];
}

/** A rule that may match again stays. */
function after(rule: OutputRule, at: number): number {
  return rule.times === "any" ? at : at + 1;
}

function missed(rule: OutputRule): number {
  return rule.times === "once" ? 1 : 0;
}

/** The fewest differences between the rules from `at` and the lines from `line` on, filled from the end. */
function costTable(rules: readonly OutputRule[], lines: readonly string[]) {
  const width = lines.length + 1;
  const cells = new Uint32Array((rules.length + 1) * width);
  const of = (at: number, line: number): number => cells[at * width + line] ?? 0;
  for (let line = lines.length - 1; line >= 0; line -= 1) cells[rules.length * width + line] = lines.length - line;
  for (let at = rules.length - 1; at >= 0; at -= 1) {
    const rule = rules[at];
    if (rule === undefined) continue;
    for (let line = lines.length; line >= 0; line -= 1) {
      let cost = of(at + 1, line) + missed(rule);
      const text = lines[line];
      if (text !== undefined) {
        cost = Math.min(cost, of(at, line + 1) + 1);
        if (rule.matches(text)) cost = Math.min(cost, of(after(rule, at), line + 1));
      }
      cells[at * width + line] = cost;
    }
  }
  return { of };
}
