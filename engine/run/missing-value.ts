import { referencesIn } from "../base/interpolate.ts";
import type { KindResult } from "../kinds/kind.ts";
import type { Plan, Step } from "../model/plan.ts";
import { environmentName, type Values } from "../model/values.ts";

/**
 * Refuses a block that refers to a value which an earlier step was to save and did not: an empty word in its place could change
 * what a command does. Undefined when nothing is missing.
 */
export function missingValue(step: Step, plan: Plan, values: Values): KindResult | undefined {
  const saved = new Map(
    plan.steps.flatMap(({ id, block }) => Object.keys(block.settings.save ?? {}).map((name) => [name, id] as const)),
  );
  const named = new Set([...referencesIn(textOf(step)), ...shellNames(step)]);
  for (const [name, savedBy] of saved) {
    const used = named.has(name) || named.has(environmentName(name));
    if (!used || values[name] !== undefined) continue;
    const outcome = {
      status: "errored",
      code: "VALUE_MISSING",
      reason: `La valeur « ${name} » manque : l’étape #${savedBy} devait la relever et ne l’a pas fait.`,
      hint: `Exécutez d’abord #${savedBy} ; ajoutez needs=#${savedBy} à ce bloc si cela n’y est pas.`,
    } as const;
    return { outcome, answer: "", saved: {}, figure: null };
  }
  return undefined;
}

function textOf(step: Step): string {
  return `${step.block.body}\n${JSON.stringify(step.block.settings)}`;
}

function shellNames(step: Step): readonly string[] {
  if (step.block.kind !== "shell") return [];
  return [...step.block.body.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1] ?? "");
}
