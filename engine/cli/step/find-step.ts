import { closestNames } from "../../base/closest.ts";
import type { Step } from "../../model/plan.ts";

/** A step as a person names it, by its number or its id; else why there is none, in words. */
export function findStep(
  written: string,
  line: readonly Step[],
): { readonly step: Step } | { readonly reason: string } {
  const name = written.trim().replace(/^#/, "");
  const step = line.find(({ id, ordinal }) => id === name || String(ordinal) === name);
  if (step?.leftOut !== undefined) return { reason: `#${step.id} est laissée de côté : ${step.leftOut.text}` };
  if (step !== undefined) return { step };
  const begun = line.filter(({ id, leftOut }) => leftOut === undefined && id.startsWith(name));
  const [only] = begun;
  if (begun.length === 1 && only !== undefined) return { step: only };
  const near =
    begun.length > 1
      ? begun.map(({ id }) => id).slice(0, 5)
      : closestNames(
          name,
          line.map(({ id }) => id),
        );
  const hint =
    near.length === 0 ? "l : liste des étapes" : `vouliez-vous dire ${near.map((id) => `#${id}`).join(", ")} ?`;
  return { reason: `« ${written.trim()} » n’est pas une étape de ce plan ; ${hint}` };
}
