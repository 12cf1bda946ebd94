import type { Report } from "./author-message.ts";
import type { Fence } from "./fence.ts";

export const UNBALANCED_FENCE = "unbalanced-fence";

/**
 * Reports a fence that is never closed, and a fence that swallowed the opening line of another: both mean that a closing line is
 * missing or too many, and that what follows is not read as its author meant it. True when every fence is as it should be.
 */
export function checkFenceBalance(fences: readonly Fence[], report: Report): boolean {
  let balanced = true;
  for (const fence of fences) {
    const mark = fence.marks.charAt(0);
    const inner = new RegExp(`^ {0,3}${mark}{${fence.marks.length},}[ \\t]*[^\\s${mark}]`);
    const swallowed = fence.content.lines.find((line) => inner.test(line.text));
    if (swallowed !== undefined) {
      balanced = false;
      report({
        rule: UNBALANCED_FENCE,
        place: fence.place,
        reason: `Le bloc ouvert ici contient, ligne ${swallowed.line}, l’ouverture d’un autre bloc : une ligne « ${fence.marks} » manque ou est en trop.`,
        remedy: `Fermez ce bloc par « ${fence.marks} » avant la ligne ${swallowed.line} ; pour citer un bloc, entourez-le de ${fence.marks.length + 1} signes.`,
      });
    } else if (!fence.closed) {
      balanced = false;
      report({
        rule: UNBALANCED_FENCE,
        place: fence.place,
        reason: "Le bloc ouvert ici n’est jamais fermé : tout ce qui suit en ferait partie.",
        remedy: `Ajoutez une ligne « ${fence.marks} » après la dernière ligne du bloc, ou retirez celle-ci si elle est en trop.`,
      });
    }
  }
  return balanced;
}
