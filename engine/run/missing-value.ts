import { referencesIn } from "../base/interpolate.ts";
import type { KindResult } from "../kinds/kind.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Plan, Step } from "../model/plan.ts";
import { environmentName, type Values } from "../model/values.ts";
import { without } from "./settle.ts";

/** The code of a block that was not executed because a value is missing; asking again changes nothing. */
export const VALUE_MISSING = "VALUE_MISSING";

/**
 * Refuses a block that refers to a value which an earlier step was to save and did not, or to a variable made from such a value: an
 * empty word in its place could change what a command does. Undefined when nothing is missing.
 */
export function missingValue(
  step: Step,
  plan: Plan,
  inventory: Inventory,
  values: Values,
  elsewhere: ReadonlyMap<string, string> = new Map(),
): KindResult | undefined {
  const saved = new Map([
    ...elsewhere,
    ...plan.steps.flatMap(({ id, block }) => Object.keys(block.settings.save ?? {}).map((name) => [name, id] as const)),
  ]);
  const declared = [...plan.variables.map(({ name }) => name), ...Object.keys(inventory.vars)];
  const named = new Set([...referencesIn(textOf(step)), ...shellNames(step)]);
  for (const name of new Set([...saved.keys(), ...declared])) {
    const used = named.has(name) || named.has(environmentName(name));
    if (!used || Object.hasOwn(values, name)) continue;
    const savedBy = saved.get(name);
    const because =
      savedBy === undefined
        ? "elle vient d’une valeur qui n’a pas encore été relevée."
        : `l’étape #${savedBy} devait la relever et ne l’a pas fait.`;
    const first = savedBy === undefined ? "l’étape qui la relève" : `#${savedBy}`;
    return without({
      status: "errored",
      code: VALUE_MISSING,
      reason: `La valeur « ${name} » manque : ${because}`,
      hint: `Exécutez d’abord ${first} ; ajoutez-la aux « needs » de ce bloc si elle n’y est pas.`,
    });
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
