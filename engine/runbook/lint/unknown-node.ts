import { LOCAL, ROLE_GROUPS } from "../../model/inventory.ts";
import { suggest } from "../suggest.ts";
import { placeOfText } from "./places.ts";
import type { LintRule } from "./world.ts";

/** `on=` names nodes, groups (`@…`) or `local` that the inventory knows. */
export const unknownNode: LintRule = ({ blocks, context }) => {
  if (context.nodes.length === 0 && context.groups.length === 0) return;
  const known = [...context.nodes, ...[...context.groups, ...ROLE_GROUPS].map((group) => `@${group}`), LOCAL];
  for (const { block, runbook, report } of blocks) {
    const written = block.raw["on"]?.place;
    for (const target of block.settings.on ?? []) {
      if (known.includes(target)) continue;
      const what = target.startsWith("@") ? "Groupe inconnu" : "Nœud inconnu";
      report({
        rule: "unknown-node",
        place: written && placeOfText(runbook, written, target),
        reason: `${what} « ${target} » : l’inventaire ne le connaît pas.`,
        remedy: suggest(target, known, `Noms admis : ${known.join(", ")}.`),
      });
    }
  }
};
