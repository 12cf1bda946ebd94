import type { Block, Runbook } from "../model/runbook.ts";
import type { Choice, Placed } from "./candidates.ts";
import { NOBODY } from "./lacks.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

/** Chapters of the scope that no runbook writes: the report could never be complete. */
export function missingChapters(scope: readonly number[], runbooks: readonly Runbook[]): readonly PlanProblem[] {
  return scope
    .filter((number) => !runbooks.some(({ chapter }) => chapter === number))
    .map((number) => ({
      place: { file: "rapport.yaml", line: 1, column: 1 },
      reason: `le périmètre nomme le chapitre ${number}, qu’aucun runbook n’écrit`,
      remedy: `retirez ${number} de « chapitres », ou ajoutez un runbook avec « chapitre: ${number} »`,
    }));
}

/** Ids that two blocks bear, in one runbook or in two. */
export function doubleIds(blocks: readonly Block[]): readonly PlanProblem[] {
  const first = new Map<string, Block>();
  return blocks.flatMap((block) => {
    const other = first.get(block.id);
    if (other === undefined) {
      first.set(block.id, block);
      return [];
    }
    return {
      place: block.place,
      reason: `l’identifiant #${block.id} est déjà celui d’un bloc de ${other.place.file}, ligne ${other.place.line}`,
      remedy: "donnez à ce bloc un identifiant à lui",
    };
  });
}

/** Blocks that cannot run here and that no other block can replace. That nobody is there to answer shows when the step is reached. */
export function unrunnable(placed: readonly Placed[], choices: readonly Choice[]): readonly PlanProblem[] {
  const replaceable = new Set(choices.flatMap(({ candidates }) => candidates));
  return placed
    .map((each) => ({ ...each, source: each, lacks: each.lacks.filter((lack) => lack !== NOBODY) }))
    .filter((each) => each.lacks.length > 0 && each.unwanted === undefined && !replaceable.has(each.source))
    .map(({ block, lacks }) => ({
      place: placeOf(block, "on"),
      reason: `le bloc #${block.id} ne peut pas s’exécuter : ${lacks.join(", ")}`,
      remedy: "complétez l’accès du nœud dans l’inventaire, ou nommez une autre cible (on=…)",
    }));
}

/** A loop of `needs`, told at its first block. */
export function cycleProblem(cycle: readonly string[], byId: ReadonlyMap<string, Block>): readonly PlanProblem[] {
  const block = byId.get(cycle[0] ?? "");
  if (block === undefined) return [];
  const reason = `ces étapes ont besoin les unes des autres : ${cycle.map((id) => `#${id}`).join(" → ")}`;
  return [{ place: placeOf(block, "needs"), reason, remedy: "retirez l’un de ces « needs »" }];
}
