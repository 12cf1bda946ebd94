import { join } from "node:path";
import { VFile } from "vfile";
import { ProblemError } from "../base/problem.ts";
import { openRun, sweepForSecrets } from "../evidence/index.ts";
import { parseInventory } from "../inventory/index.ts";
import type { Inventory } from "../model/inventory.ts";
import { storedSecrets } from "./compose.ts";
import type { Terminal } from "./terminal.ts";

type Opened = Awaited<ReturnType<typeof openRun>>;

/**
 * Looks for the secrets of a run's recorded inventory in all of its folder before it is sealed, as far as this machine knows them: from the
 * environment and from files. Commands that a folder names are not run. What could not be looked for is told. Throws SECRET_LEFT.
 */
export async function refuseSecrets(folder: string, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const inventory = await recordedInventory(await openRun(folder));
  if (inventory === undefined) {
    terminal.err(
      "L’inventaire de cette exécution ne se relit pas : ses secrets n’ont pas été cherchés dans le dossier.\n",
    );
    return;
  }
  const names = Object.keys(inventory.secrets);
  if (names.length === 0) return;
  const { redactor, unknown } = await storedSecrets(inventory, signal);
  const left = await sweepForSecrets(folder, redactor);
  for (const { subject, text, remedy } of left) terminal.err(`${subject} : ${text}\n    → ${remedy}\n`);
  if (left.length > 0)
    throw new ProblemError("SECRET_LEFT", "Un secret est lisible dans ce dossier ; il n’est pas scellé.", {
      scope: "environment",
      hint: "Changez ce secret, masquez ce qui l’a montré, puis relancez l’exécution.",
    });
  const searched = names.filter((name) => !unknown.includes(name));
  if (searched.length > 0)
    terminal.out(`Secrets cherchés dans tout le dossier, aucun trouvé : ${searched.join(", ")}.\n`);
  if (unknown.length > 0)
    terminal.err(`Secrets que cette machine ne connaît pas, et qui n’ont pas été cherchés : ${unknown.join(", ")}.\n`);
}

/** From the copies that the run kept; undefined when they are damaged. Files of secrets are found from where the inventory stood. */
async function recordedInventory({ events, read }: Opened): Promise<Inventory | undefined> {
  const started = events.find((event) => event.type === "run-started");
  if (started === undefined) return undefined;
  const { file, source, bases = [] } = started.inventory;
  try {
    const files = await Promise.all(
      [...bases, source].map(async (each) => new VFile({ path: file, value: await read(join("runbook", each.file)) })),
    );
    return parseInventory(files);
  } catch {
    return undefined;
  }
}
