import { isProblem } from "../base/problem.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { RunContext } from "./context.ts";

/** How long a management controller may take to come back with its new certificate. */
const LIMIT_MS = 10 * 60_000;

/**
 * After a step that puts a management controller back to its factory settings: waits for it, takes its new certificate, journals old and
 * new. Returns an outcome only when that went wrong.
 */
export async function renewController(
  step: Step,
  targets: readonly string[],
  context: RunContext,
): Promise<Outcome | undefined> {
  if (step.block.settings.renews !== "bmc") return undefined;
  for (const name of targets) {
    const node = context.inventory.nodes.find((candidate) => candidate.name === name);
    if (node?.bmc === undefined) continue;
    const limit = AbortSignal.timeout(LIMIT_MS);
    try {
      const signal = AbortSignal.any([context.signal, limit]);
      const { before, after } = await context.ports.http.renewController(node, signal);
      await context.ports.browser.forget(node);
      await context.emit({ type: "certificate-renewed", node: node.name, step: step.id, before, after });
    } catch (error) {
      if (limit.aborted && !context.signal.aborted) return neverBack(name);
      if (!isProblem(error)) throw error;
      return { status: "errored", code: error.code, reason: error.message, hint: error.hint ?? "" };
    }
  }
  return undefined;
}

function neverBack(node: string): Outcome {
  return {
    status: "errored",
    code: "BMC_NOT_BACK",
    reason: `Le contrôleur de gestion de ${node} ne répond plus depuis sa remise à zéro (dix minutes).`,
    hint: "Il a pu prendre une autre adresse (DHCP) : cherchez-la d’après l’adresse MAC de son étiquette, puis corrigez `bmc` dans l’inventaire.",
  };
}
