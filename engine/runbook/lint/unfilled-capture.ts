import { quoted } from "../attributes.ts";
import type { LintRule } from "./world.ts";

/** Every `[ Capture : … ]` is served by a block. */
export const unfilledCapture: LintRule = ({ files }) => {
  for (const { runbook, report, readable } of files) {
    if (!readable) continue;
    const served = new Set(runbook.blocks.flatMap((block) => [block.settings.capture, ...(block.shotCaptions ?? [])]));
    for (const { caption, place } of runbook.placeholders) {
      if (served.has(caption)) continue;
      report({
        rule: "unfilled-capture",
        place,
        reason: `Aucun bloc ne fournit la capture « ${caption} ».`,
        remedy: `Ajoutez capture=${quoted(caption)} au bloc dont la sortie ou l’image doit y figurer.`,
      });
    }
  }
};
