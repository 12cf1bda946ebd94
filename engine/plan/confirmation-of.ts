import type { Step } from "../model/plan.ts";

/** The question that a person is asked before the step changes anything; undefined when nobody is asked. */
export function confirmationOf({ block, leftOut }: Pick<Step, "block" | "leftOut">): string | undefined {
  const { confirm = false } = block.settings;
  if (leftOut !== undefined || confirm === false) return undefined;
  return confirm === true ? "Cette étape modifie les machines. Continuer ?" : confirm;
}
