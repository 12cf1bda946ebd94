import { closest } from "../base/closest.ts";
import { oneOf } from "../base/one-of.ts";
import { ProblemError } from "../base/problem.ts";
import { isJsonPath, RULE_NAMES, USUAL_RULES } from "../compare/index.ts";
import { readMask } from "../expect/index.ts";

/** What a comparison leaves out, as the command line says it. */
export interface IgnoreChoice {
  readonly rules: ReadonlySet<string>;
  readonly patterns: readonly { readonly name: string; readonly pattern: RegExp }[];
  readonly paths: readonly string[];
}

/** `toutes` means every rule. */
const ALL = "toutes";

/**
 * Reads `--ignore` (a rule's name, `/a pattern/`, `$.a.path`) and `--compare` (a rule that shall not hold). Throws DIFF_RULE with what
 * was probably meant.
 */
export function ignoreChoice({
  ignore = [],
  compare = [],
}: {
  readonly ignore?: readonly string[] | undefined;
  readonly compare?: readonly string[] | undefined;
}): IgnoreChoice {
  const rules = new Set(USUAL_RULES);
  const patterns: { readonly name: string; readonly pattern: RegExp }[] = [];
  const paths: string[] = [];
  for (const each of compare) for (const name of namesOf(each)) rules.delete(name);
  for (const each of ignore) {
    if (each.startsWith("$")) {
      if (!isJsonPath(each)) throw wrong(`« ${each} » n’est pas un chemin JSONPath.`, "Par exemple $.data[*].uptime.");
      paths.push(each);
    } else if (/^\/.+\/[a-z]*$/s.test(each)) {
      const read = readMask(each);
      if ("mistake" in read) throw wrong(`« ${each} » ne se lit pas : ${read.mistake}.`, "Par exemple /jeton=\\S+/.");
      patterns.push({ name: each, pattern: read.pattern });
    } else for (const name of namesOf(each)) rules.add(name);
  }
  return { rules, patterns, paths };
}

function namesOf(given: string): readonly string[] {
  if (given === ALL) return RULE_NAMES;
  if (RULE_NAMES.includes(given)) return [given];
  const meant = closest(given, [...RULE_NAMES, ALL]);
  throw wrong(
    `« ${given} » n’est ni une règle (${oneOf([...RULE_NAMES, ALL])}), ni un motif /…/, ni un chemin $….`,
    meant === undefined ? "« constat diff --rules » les décrit." : `Vouliez-vous dire « ${meant} » ?`,
  );
}

function wrong(message: string, hint: string): ProblemError {
  return new ProblemError("DIFF_RULE", message, { scope: "author", hint });
}
