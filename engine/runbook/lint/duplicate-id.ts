import { placeOfId } from "./places.ts";
import type { LintRule } from "./world.ts";

/** An id names one block over all runbooks. */
export const duplicateId: LintRule = ({ blocks, byId }) => {
  for (const { block, runbook, report } of blocks) {
    const first = byId.get(block.id);
    if (first === undefined || first.block === block) continue;
    const { file, line } = placeOfId(first.runbook, first.block);
    report({
      rule: "duplicate-id",
      place: placeOfId(runbook, block),
      reason: `L’identifiant « #${block.id} » est déjà celui d’un autre bloc (${file}, ligne ${line}).`,
      remedy: "Donnez à l’un des deux un autre identifiant, et corrigez les références qui le visent.",
    });
  }
};
