import { LOCAL } from "../../model/inventory.ts";
import { placeOfText } from "./places.ts";
import type { LintRule } from "./world.ts";

/** A caption has one picture: of a block that runs on several nodes only the first node's would be kept. */
export const pictureOnSeveralNodes: LintRule = ({ blocks, context }) => {
  for (const { block, runbook, report } of blocks) {
    const { capture, on = [] } = block.settings;
    if ((block.kind !== "browser" && block.kind !== "console") || typeof capture !== "string") continue;
    const targets = on.filter((target) => target !== LOCAL);
    const crowd = targets.find((target) => context.crowds.some((group) => target === `@${group}`));
    const second = crowd ?? targets[1];
    if (second === undefined) continue;
    const written = block.raw["on"]?.place;
    const where = crowd === undefined ? `plusieurs nœuds (${targets.join(", ")})` : `les nœuds de ${crowd}`;
    report({
      rule: "picture-on-several-nodes",
      place: written && placeOfText(runbook, written, second),
      reason: `Ce bloc s’exécute sur ${where} : la capture « ${capture} » n’en garderait que la première image.`,
      remedy: "Nommez un seul nœud, ou écrivez un bloc par nœud, chacun avec son libellé.",
    });
  }
};
