import { suggest } from "../suggest.ts";
import { placeOfText } from "./places.ts";
import type { LintRule } from "./world.ts";

/** A prompt's answer names a secret that the inventory has. */
export const unknownSecret: LintRule = ({ blocks, context }) => {
  if (context.secrets.length === 0) return;
  for (const { block, runbook, report } of blocks) {
    const written = block.raw["answers"]?.place;
    for (const answer of block.settings.answers ?? []) {
      if (!("secret" in answer) || context.secrets.includes(answer.secret)) continue;
      report({
        rule: "unknown-secret",
        place: written && placeOfText(runbook, written, answer.secret),
        reason: `Secret inconnu « ${answer.secret} » : l’inventaire ne dit pas où le trouver.`,
        remedy: suggest(answer.secret, context.secrets, `Secrets connus : ${context.secrets.join(", ")}.`),
      });
    }
  }
};
