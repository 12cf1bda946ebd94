import { suggest } from "../suggest.ts";
import { placeOfText } from "./places.ts";
import { referencesOf } from "./references.ts";
import type { LintRule } from "./world.ts";

/** The keys that name blocks name blocks that exist. */
export const unknownReference: LintRule = ({ blocks, byId, complete }) => {
  if (!complete) return;
  for (const { block, runbook, report } of blocks) {
    for (const { key, id } of referencesOf(block.settings)) {
      if (byId.has(id)) continue;
      const written = block.raw[key]?.place;
      report({
        rule: "unknown-reference",
        place: written && placeOfText(runbook, written, `#${id}`),
        reason: `« ${key} » vise « #${id} », mais aucun bloc ne porte cet identifiant.`,
        remedy: suggest(id, byId.keys(), "Corrigez la référence, ou donnez cet identifiant au bloc visé."),
      });
    }
  }
};
