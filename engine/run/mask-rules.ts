import type { MaskRule } from "../base/redact.ts";
import { readMask } from "../expect/index.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";

/** What a step's `mask` covers; an outcome instead when an entry is none, because then nothing of the step may be stored. */
export function maskRules(step: Step): { readonly rules: readonly MaskRule[]; readonly refused?: Outcome } {
  const rules: MaskRule[] = [];
  for (const id of step.block.settings.mask ?? []) {
    const read = readMask(id);
    if ("pattern" in read) rules.push({ id, pattern: read.pattern });
    else {
      const reason = `Le masque « ${id} » ne se lit pas : ${read.mistake}. Rien n’a été exécuté.`;
      const hint = "Corrigez-le ; « constat lint » montre la ligne.";
      return { rules: [], refused: { status: "errored", code: "MASK_INVALID", reason, hint } };
    }
  }
  return { rules };
}
