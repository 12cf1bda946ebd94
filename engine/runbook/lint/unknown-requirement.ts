import { suggest } from "../suggest.ts";
import { placeOfText } from "./places.ts";
import type { LintRule } from "./world.ts";

/** Where `rapport.yaml` declares requirements, a block proves one of them. */
export const unknownRequirement: LintRule = ({ blocks, context }) => {
  const declared = context.requirements ?? [];
  if (declared.length === 0) return;
  for (const { block, runbook, report } of blocks) {
    const written = block.raw["exigence"]?.place;
    for (const id of block.settings.exigence ?? []) {
      if (declared.includes(id)) continue;
      report({
        rule: "unknown-requirement",
        place: written && placeOfText(runbook, written, id),
        reason: `Exigence inconnue « ${id} » : rapport.yaml ne la déclare pas.`,
        remedy: suggest(id, declared, "Ajoutez-la à « exigences » dans rapport.yaml."),
      });
    }
  }
};
