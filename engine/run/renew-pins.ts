import { isProblem } from "../base/problem.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { RunContext } from "./context.ts";

/**
 * After a step that renews certificates: reads each new one over the pinned ssh, journals old and new, and makes API and browser start afresh.
 * Returns an outcome only when that went wrong.
 */
export async function renewPins(
  step: Step,
  targets: readonly string[],
  context: RunContext,
): Promise<Outcome | undefined> {
  if (step.block.settings.renews !== "tls") return undefined;
  for (const name of targets) {
    const node = context.inventory.nodes.find((candidate) => candidate.name === name);
    if (node?.pve === undefined) continue;
    try {
      const { before, after } = await context.pins.renew(node, context.signal);
      await context.ports.http.forget(node);
      await context.ports.browser.forget(node);
      await context.emit({ type: "certificate-renewed", node: name, step: step.id, before, after });
    } catch (error) {
      if (!isProblem(error)) throw error;
      return { status: "errored", code: error.code, reason: error.message, hint: error.hint ?? "" };
    }
  }
  return undefined;
}
