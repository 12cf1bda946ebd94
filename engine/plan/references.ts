import { closest } from "../base/closest.ts";
import type { Block } from "../model/runbook.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

type ById = ReadonlyMap<string, Block>;

/** Checks what blocks say of one another: known ids, guards that read only and can hold before the step that they guard. */
export function checkReferences(blocks: readonly Block[], inScope: ById, outOfScope: ById): readonly PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const block of blocks) {
    const { unless = [], verify = [], needs = [], during = [], stops = [] } = block.settings;
    const named = [
      ...keyed("unless", unless),
      ...keyed("verify", verify),
      ...keyed("needs", needs),
      ...keyed("during", during),
      ...keyed("stops", stops),
    ];
    for (const [key, id] of named) {
      const problem = problemOf(block, key, id, inScope, outOfScope);
      if (problem !== undefined) problems.push({ place: placeOf(block, key), ...problem });
    }
  }
  return problems;
}

/** Ids of all the blocks that a block needs, directly or not. */
function allNeeds(id: string, blocks: ById, found = new Set<string>()): ReadonlySet<string> {
  for (const need of blocks.get(id)?.settings.needs ?? []) {
    if (found.has(need)) continue;
    found.add(need);
    allNeeds(need, blocks, found);
  }
  return found;
}

type Key = "unless" | "verify" | "needs" | "during" | "stops";

function problemOf(block: Block, key: Key, id: string, inScope: ById, outOfScope: ById) {
  const other = inScope.get(id);
  const outside = outOfScope.get(id);
  if (other === undefined && outside !== undefined) {
    return {
      reason: `« ${key}=#${id} » nomme une étape du chapitre ${outside.chapter}, hors périmètre`,
      remedy: `ajoutez le chapitre ${outside.chapter} au périmètre, ou retirez cette référence`,
    };
  }
  if (other === undefined) {
    const meant = closest(id, inScope.keys());
    return {
      reason: `« ${key}=#${id} » ne nomme aucune étape`,
      remedy:
        meant === undefined
          ? "donnez l’identifiant d’un bloc, écrit {#identifiant}"
          : `vouliez-vous dire « #${meant} » ?`,
    };
  }
  if (key === "needs" || key === "stops") return undefined;
  if (id === block.id) {
    return {
      reason: `#${id} est nommé par son propre « ${key} »`,
      remedy: "nommez un autre bloc, un contrôle (.check)",
    };
  }
  if (key === "during") {
    if (other.role === "action") return undefined;
    return {
      reason: `« during=#${id} » nomme un contrôle : il n’y a rien à accompagner`,
      remedy: "nommez l’action pendant laquelle ce bloc doit regarder",
    };
  }
  if (other.role !== "check") {
    return {
      reason: `« ${key}=#${id} » nomme une action : une question posée à la machine ne doit rien changer`,
      remedy: `nommez un contrôle, ou marquez #${id} .check s’il ne fait que lire`,
    };
  }
  if (key === "unless" && allNeeds(id, inScope).has(block.id)) {
    return {
      reason: `la garde #${id} a besoin de #${block.id}, l’étape qu’elle doit dispenser : elle ne peut jamais tenir avant elle`,
      remedy: `retirez #${block.id} des besoins de #${id}, ou choisissez une autre garde`,
    };
  }
  return undefined;
}

function keyed<K extends string>(key: K, ids: readonly string[]): readonly (readonly [K, string])[] {
  return ids.map((id) => [key, id] as const);
}
