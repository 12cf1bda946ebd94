import { closest } from "../base/closest.ts";
import { type Inventory, LOCAL } from "../model/inventory.ts";
import type { Block } from "../model/runbook.ts";
import { roleMembers } from "./ha-roles.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

/** Target names, or why a word names none. */
export type Targets =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** The targets of a block: what `on` names, else the inventory's only node. Empty when there is a problem. */
export function targetsOf(
  block: Block,
  inventory: Inventory,
  report: (problem: PlanProblem) => void,
): readonly string[] {
  const words = block.settings.on ?? [];
  const [only, ...others] = inventory.nodes;
  // What a person does happens where the person is.
  if (words.length === 0 && block.kind === "manual") return [LOCAL];
  if (words.length === 0 && only !== undefined && others.length === 0) return [only.name];
  const targets: Targets =
    words.length > 0
      ? expandTargets(words, inventory)
      : {
          ok: false,
          reason: `le bloc #${block.id} ne dit pas où il s’exécute, et l’inventaire a plusieurs nœuds`,
          remedy: `ajoutez on=${only?.name ?? LOCAL}, un groupe (on=@…) ou on=${LOCAL}`,
        };
  if (targets.ok) return targets.names;
  report({ place: placeOf(block, "on"), reason: targets.reason, remedy: targets.remedy });
  return [];
}

/** Node names, `@group` and `local`, each target once, in the order in which they are written. */
export function expandTargets(words: readonly string[], inventory: Inventory): Targets {
  const names = new Set<string>();
  for (const word of words) {
    const members = word.startsWith("@") ? membersOf(word.slice(1), inventory) : [word];
    if (members === undefined)
      return unknown(
        "groupe",
        word,
        Object.keys(inventory.groups).map((group) => `@${group}`),
      );
    for (const name of members) {
      const nodes = inventory.nodes.map((node) => node.name);
      if (name !== LOCAL && !nodes.includes(name)) {
        const meant = Object.hasOwn(inventory.groups, name) ? [`@${name}`] : undefined;
        return unknown("nœud", name, meant ?? [...nodes, LOCAL], meant?.[0]);
      }
      names.add(name);
    }
  }
  return { ok: true, names: [...names] };
}

function membersOf(group: string, inventory: Inventory): readonly string[] | undefined {
  return Object.hasOwn(inventory.groups, group) ? inventory.groups[group] : roleMembers(group, inventory);
}

function unknown(noun: string, word: string, known: readonly string[], meant = closest(word, known)): Targets {
  const remedy =
    meant !== undefined
      ? `vouliez-vous dire « ${meant} » ?`
      : known.length === 0
        ? `l’inventaire ne déclare aucun ${noun}`
        : `l’inventaire connaît : ${known.join(", ")}`;
  return { ok: false, reason: `${noun} inconnu : « ${word} »`, remedy };
}
