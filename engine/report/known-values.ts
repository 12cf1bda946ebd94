import { VFile } from "vfile";
import type { RunRecord } from "../evidence/index.ts";
import { parseInventory } from "../inventory/index.ts";
import { LOCAL } from "../model/inventory.ts";
import type { Runbook } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { knownOn } from "../plan/index.ts";
import { readArtefact } from "./read-artefact.ts";
import type { RunFacts } from "./run-facts.ts";

/**
 * What a block that was never sent would have been filled in with: the inventory as it is kept, the variables of the runbooks, and what
 * other steps saved. Names without a value are absent; so are all of the inventory where a run of old did not keep it whole.
 */
export async function knownValues(
  record: RunRecord,
  facts: RunFacts,
  runbooks: readonly Runbook[],
): Promise<(step: string) => Values> {
  const { source, bases = [] } = facts.started.inventory;
  const files = await Promise.all(
    [...bases, source].map(async ({ file, sha256 }) => {
      const path = `runbook/${file}`;
      return new VFile({ path, value: (await readArtefact(record, { path, sha256 })).toString("utf8") });
    }),
  );
  const inventory = parseInventory(files);
  const variables = runbooks.flatMap((runbook) => runbook.variables);
  return (step) => {
    const [target = LOCAL] = facts.steps.get(step)?.targets ?? [];
    const saved = savedFor(facts, target);
    return inventory === undefined ? saved : knownOn(variables, inventory, target, saved);
  };
}

/** The last value of each name; the target's own before that of others. */
function savedFor({ attempts }: RunFacts, target: string): Values {
  const passed = [...attempts.values()].filter(({ finished }) => finished?.outcome.status === "passed");
  const own = passed.filter(({ started }) => started.target === target);
  return Object.assign({}, ...[...passed, ...own].map(({ finished }) => finished?.saved ?? {}));
}
