import { isProblem } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { ShellTarget, ShellTransport } from "../transports/port.ts";
import { nameOf } from "./read-only-ports.ts";

/** What keeps scripts from writing on one target. `unknown`: it did not answer, so that nothing runs there either. */
export interface Protection {
  readonly target: string;
  readonly state: "enclosed" | "analysis-only" | "unknown";
  /** Why there is no enclosure; empty when there is one. */
  readonly why: string;
}

const LIMIT_MS = 60_000;

/** Asks each target for an enclosure, by a script that does nothing in it. Never throws for a machine's sake. */
export async function probeEnclosures(
  nodes: readonly InventoryNode[],
  local: boolean,
  shell: ShellTransport,
  signal: AbortSignal,
): Promise<readonly Protection[]> {
  const targets: readonly ShellTarget[] = [
    ...nodes.map((node) => ({ type: "node", node }) as const),
    ...(local ? [{ type: "local" } as const] : []),
  ];
  return await Promise.all(targets.map((target) => probe(target, shell, signal)));
}

async function probe(target: ShellTarget, shell: ShellTransport, signal: AbortSignal): Promise<Protection> {
  const name = nameOf(target);
  try {
    await shell.reach?.(target, signal);
    const end = await shell.run(target, {
      interpreter: "sh",
      script: "exit 0",
      environment: {},
      answers: [],
      enclosure: "plain",
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
      onOutput: () => {},
    });
    if (end.status === "exited" && end.code === 0) return { target: name, state: "enclosed", why: "" };
    return { target: name, state: "unknown", why: "l’essai de l’enclos n’a pas abouti" };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const none = isProblem(error) && error.code === "ENCLOSURE_UNAVAILABLE";
    return { target: name, state: none ? "analysis-only" : "unknown", why };
  }
}
