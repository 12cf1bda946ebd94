import { isProblem } from "../base/problem.ts";
import { KINDS } from "../kinds/index.ts";
import { type Askings, missingCredentials, type NeededSecret, neededSecrets } from "../plan/index.ts";
import { printProblems } from "./messages.ts";
import type { Prepared } from "./prepare-plan.ts";
import type { Terminal } from "./terminal.ts";

const ASKINGS: Askings = {
  credentialsOf: (block) => KINDS[block.kind].credentials?.(block) ?? [],
  needsOf: (block) => KINDS[block.kind].needs(block),
};

/** Names every secret, account and password that steps ask for and the inventory does not give. Returns how many there are. */
export function printMissingCredentials({ plan, inventory }: Prepared, terminal: Terminal): number {
  return printProblems(missingCredentials(plan, inventory, ASKINGS.credentialsOf), terminal);
}

/** The secrets that the plan needs, by name. */
export function secretsOf({ plan, inventory }: Pick<Prepared, "plan" | "inventory">): readonly NeededSecret[] {
  return neededSecrets(plan, inventory, ASKINGS);
}

/** Where the value of a secret comes from, in words; never the value. */
export function originOf({ reference }: NeededSecret): string {
  switch (reference?.from) {
    case undefined:
      return "apporté par le laboratoire";
    case "env":
      return `variable ${reference.name}`;
    case "file":
      return `fichier ${reference.path}`;
    case "command":
      return "commande de l’inventaire";
  }
}

/**
 * Learns the inventory's secrets: what the machines may show before a block asks for it must be covered from the start. Commands may ask a
 * person: they wait. Warns of those that steps will ask for in vain; a step that its guards skip never asks.
 */
export async function learnSecrets(
  prepared: Prepared,
  secret: (name: string, signal: AbortSignal) => Promise<string>,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<void> {
  const needed = secretsOf(prepared);
  for (const [name, { from }] of Object.entries(prepared.inventory.secrets)) {
    if (from === "command") continue;
    try {
      await secret(name, signal);
    } catch (error) {
      if (!isProblem(error)) {
        if (signal.aborted) continue;
        throw error;
      }
      const use = needed.find((each) => each.name === name);
      if (use === undefined) continue;
      const { file, line, column } = use.place;
      const label = terminal.style("yellow", "avertissement");
      const steps = use.steps.map((id) => `#${id}`).join(", ");
      terminal.err(
        `${file}:${line}:${column} ${label} ${error.message} Demandé par ${steps}. [plan]\n    → ${error.hint ?? ""}\n`,
      );
    }
  }
}
