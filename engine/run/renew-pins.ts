import { isProblem } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { RunContext } from "./context.ts";

/** Before such a step: makes sure that the certificate of each target is known, so that old and new can be told apart. */
export async function notePins(
  step: Step,
  targets: readonly string[],
  context: RunContext,
): Promise<Outcome | undefined> {
  return forEachNode(step, targets, context, async (node) => {
    await context.pins.expected(node, context.signal);
  });
}

/**
 * After a step that renews certificates: reads each new one over the pinned ssh, journals old and new, and makes API and browser start afresh.
 * Returns an outcome only when that went wrong.
 */
export async function renewPins(
  step: Step,
  targets: readonly string[],
  context: RunContext,
): Promise<Outcome | undefined> {
  return forEachNode(step, targets, context, async (node) => {
    const { before, after } = await context.pins.renew(node, context.signal);
    await context.ports.http.forget(node);
    await context.ports.browser.forget(node);
    await context.emit({ type: "certificate-renewed", node: node.name, step: step.id, before, after });
  });
}

async function forEachNode(
  step: Step,
  targets: readonly string[],
  context: RunContext,
  act: (node: InventoryNode) => Promise<void>,
): Promise<Outcome | undefined> {
  if (step.block.settings.renews !== "tls") return undefined;
  for (const name of targets) {
    const node = context.inventory.nodes.find((candidate) => candidate.name === name);
    if (node?.pve === undefined) continue;
    try {
      await act(node);
    } catch (error) {
      if (!isProblem(error)) throw error;
      return { status: "errored", code: error.code, reason: error.message, hint: error.hint ?? "" };
    }
  }
  return undefined;
}
