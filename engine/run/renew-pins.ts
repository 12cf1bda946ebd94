import { isProblem } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { RunContext } from "./context.ts";
import { maskOutcome } from "./mask-result.ts";
import { erroredBy, interrupted } from "./settle.ts";

const LIMIT_MS = 60_000;

/** Before such a step: makes sure that the certificate of each target is known, so that old and new can be told apart. */
export async function notePins(
  step: Step,
  targets: readonly string[],
  context: RunContext,
): Promise<Outcome | undefined> {
  return forEachNode(step, targets, context, async (node, signal) => {
    try {
      await context.pins.expected(node, signal);
    } catch (error) {
      // A join that was cut leaves a node without a certificate, which is what such a step makes good.
      if (node.ssh === undefined || !isProblem(error) || error.code !== "TLS_PIN_UNKNOWN") throw error;
    }
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
  return forEachNode(step, targets, context, async (node, signal) => {
    const { before, after } = await context.pins.renew(node, signal);
    await context.ports.http.forget(node);
    await context.ports.browser.forget(node);
    await context.emit({ type: "certificate-renewed", node: node.name, step: step.id, before, after });
  });
}

async function forEachNode(
  step: Step,
  targets: readonly string[],
  context: RunContext,
  act: (node: InventoryNode, signal: AbortSignal) => Promise<void>,
): Promise<Outcome | undefined> {
  if (step.block.settings.renews !== "tls") return undefined;
  for (const name of targets) {
    const node = context.inventory.nodes.find((candidate) => candidate.name === name);
    if (node?.pve === undefined) continue;
    const limit = AbortSignal.timeout(LIMIT_MS);
    try {
      await act(node, AbortSignal.any([context.signal, limit]));
    } catch (error) {
      if (context.signal.aborted) return interrupted();
      if (limit.aborted) return tooSlow(name);
      const defect = (text: string): void => context.live({ type: "progress", step: step.id, target: name, text });
      return maskOutcome(erroredBy(error, defect), (text) => context.redactor.text(text).text);
    }
  }
  return undefined;
}

function tooSlow(node: string): Outcome {
  return {
    status: "errored",
    code: "PIN_TIMEOUT",
    reason: `Le certificat de ${node} n’a pas pu être lu par ssh en une minute.`,
    hint: "Vérifiez que le nœud répond, puis relancez : les gardes sauteront ce qui est déjà fait.",
  };
}
