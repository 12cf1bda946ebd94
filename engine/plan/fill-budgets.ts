import type { z } from "zod";
import { interpolate, referencesIn } from "../base/interpolate.ts";
import type { Json } from "../base/json.ts";
import { blockSettingsSchema } from "../model/block-settings.ts";
import type { Block, Runbook } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

/** Settings made of durations, which variables may give: `until: { within: "{{delai}}" }`. */
const BUDGETS = ["until", "timeout", "retry"] as const;

export interface FilledBudgets {
  readonly runbooks: readonly Runbook[];
  readonly problems: readonly PlanProblem[];
}

/** The runbooks with the time budgets that their variables give; what is no duration is a problem where it is used. */
export function fillBudgets(runbooks: readonly Runbook[], known: Values): FilledBudgets {
  const problems: PlanProblem[] = [];
  const saved = runbooks.flatMap(({ blocks }) => blocks.flatMap(({ settings }) => Object.keys(settings.save ?? {})));
  const isLater = (name: string) => saved.includes(name) || name.startsWith("node.");
  const filled = runbooks.map((runbook) => ({
    ...runbook,
    blocks: runbook.blocks.map((block) => fillBlock(block, known, isLater, (problem) => problems.push(problem))),
  }));
  return { runbooks: filled, problems };
}

function fillBlock(
  block: Block,
  known: Values,
  isLater: (name: string) => boolean,
  report: (problem: PlanProblem) => void,
): Block {
  const settings = BUDGETS.flatMap((key) => {
    const written = block.raw[key]?.value;
    const names = written === undefined ? [] : referencesIn(JSON.stringify(written));
    if (written === undefined || names.length === 0) return [];
    const late = names.filter((name) => !Object.hasOwn(known, name));
    const later = late.filter(isLater);
    if (later.length > 0) report(unknownYet(block, key, later));
    // A name that nobody declares is told with all others of its kind.
    if (late.length > 0) return [];
    const read = blockSettingsSchema.shape[key].safeParse(filledWith(written, known));
    if (read.success) return [[key, read.data] as const];
    report(noDuration(block, key, names, known, messageOf(read.error.issues)));
    return [];
  });
  return settings.length === 0 ? block : { ...block, settings: { ...block.settings, ...Object.fromEntries(settings) } };
}

function filledWith(value: Json, known: Values): Json {
  if (typeof value === "string") return interpolate(value, known);
  if (Array.isArray(value)) return value.map((item: Json) => filledWith(item, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledWith(item, known)]));
}

function unknownYet(block: Block, key: string, names: readonly string[]): PlanProblem {
  return {
    place: placeOf(block, key),
    reason: `le réglage « ${key} » attend une durée connue avant l’exécution, et ${names.map(quoted).join(", ")} ne l’est pas`,
    remedy: "donnez-lui une durée, ou une variable déclarée",
  };
}

function noDuration(
  block: Block,
  key: string,
  names: readonly string[],
  known: Values,
  message: string | undefined,
): PlanProblem {
  const given = names.map((name) => `${quoted(name)} vaut « ${known[name] ?? ""} »`).join(", ");
  return {
    place: placeOf(block, key),
    reason: `le réglage « ${key} » n’est pas une durée : ${given}${message === undefined ? "" : ` (${message})`}`,
    remedy: "corrigez cette variable dans l’inventaire, par exemple 30s, 2m ou 1h30m",
  };
}

/** The model's own words; of a union, those of the branch that has some. */
function messageOf(issues: readonly z.core.$ZodIssue[]): string | undefined {
  for (const issue of issues) {
    if (issue.code === "custom") return issue.message;
    const inner = issue.code === "invalid_union" ? messageOf(issue.errors.flat()) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function quoted(name: string): string {
  return `{{${name}}}`;
}
