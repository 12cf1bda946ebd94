import { counted } from "../base/counted.ts";
import { exhaustive } from "../base/exhaustive.ts";
import type { Judgement, LineRule } from "../model/expectation.ts";
import { brief } from "./brief-text.ts";
import { closestLine, lettersOfRegex } from "./closest-line.ts";
import { globToRegExp } from "./glob.ts";
import { readableRegex } from "./regex-text.ts";

/**
 * Judges one line rule: it holds when some line satisfies it or, negated, when none does. `obtained` is the line that decided; when
 * nothing satisfied, the closest one.
 */
export function judgeLine(rule: LineRule, lines: readonly string[]): Judgement {
  const satisfies = testOf(rule);
  const found = lines.find(satisfies);
  if (rule.negated) {
    const obtained = found === undefined ? `aucune parmi ${counted(lines.length, "ligne")}` : brief(found);
    return { ok: found === undefined, expected: `aucune ligne ${conditionOf(rule)}`, obtained };
  }
  const obtained = found === undefined ? insteadOf(rule, lines) : brief(found);
  return { ok: found !== undefined, expected: `une ligne ${conditionOf(rule)}`, obtained };
}

function testOf(rule: LineRule): (line: string) => boolean {
  switch (rule.type) {
    case "equal": {
      const text = rule.text.trimEnd();
      return (line) => line === text;
    }
    case "glob": {
      const pattern = globToRegExp(rule.text.trimEnd());
      return (line) => pattern.test(line);
    }
    case "regex": {
      const pattern = new RegExp(rule.source, rule.flags);
      return (line) => pattern.test(line);
    }
    default:
      return exhaustive(rule);
  }
}

function conditionOf(rule: LineRule): string {
  switch (rule.type) {
    case "equal":
      return `égale à « ${brief(rule.text)} »`;
    case "glob":
      return `de la forme « ${brief(rule.text)} »`;
    case "regex":
      return `qui correspond à ${brief(readableRegex(rule))}`;
    default:
      return exhaustive(rule);
  }
}

function insteadOf(rule: LineRule, lines: readonly string[]): string {
  const meant = rule.type === "regex" ? lettersOfRegex(rule.source) : rule.text.replace(/[*?\\]/g, " ");
  const closest = closestLine(meant, lines);
  if (closest !== undefined) return brief(closest);
  const last = lines.findLast((line) => line.trim() !== "");
  if (last === undefined) return "aucune sortie";
  return lines.length === 1
    ? brief(last)
    : `rien d’approchant en ${counted(lines.length, "ligne")} ; la dernière : ${brief(last)}`;
}
