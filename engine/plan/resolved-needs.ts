import type { PlannedPlaceholder } from "../model/plan.ts";
import type { Block } from "../model/runbook.ts";

/** Ids of what a block needs; where one serves a placeholder and was not chosen, the one that was chosen stands in for it. */
export function resolvedNeeds(block: Block, placeholders: readonly PlannedPlaceholder[]): readonly string[] {
  const standIn = (id: string) => placeholders.find(({ candidates }) => candidates.includes(id))?.chosen ?? id;
  return [...new Set((block.settings.needs ?? []).map(standIn))].filter(
    (id) => id !== block.id || block.settings.needs?.includes(id),
  );
}
