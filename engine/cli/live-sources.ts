import { join } from "node:path";
import { ProblemError } from "../base/problem.ts";
import type { RunRecord } from "../evidence/index.ts";
import { KINDS } from "../kinds/index.ts";
import type { RunStarted } from "../model/event.ts";
import type { Inventory } from "../model/inventory.ts";
import { planRun } from "../plan/index.ts";
import { runningLab } from "./default-inventory.ts";
import { printMessages, printProblems } from "./messages.ts";
import type { Prepared } from "./prepare-plan.ts";
import { loadReportSettings } from "./report-settings.ts";
import { isSleepingLab, refuseSleepingLab } from "./sleeping-lab.ts";
import { loadInventory, loadRunbooks } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

/** Which machines, and which of the checks. */
export interface LiveSelection {
  readonly inventory?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly node?: readonly string[] | undefined;
}

/** The recorded runbooks and settings, planned against the inventory of today, and the inventory that was recorded. */
export interface LiveSources {
  readonly prepared: Prepared;
  readonly recorded: Inventory | undefined;
}

/**
 * Reads the texts that the run kept, never those of the working folder: each must have the digest that the journal knows. Undefined when
 * an author's mistake was printed instead. Throws LIVE_SOURCES and INVENTORY_MISSING.
 */
export async function liveSources(
  record: RunRecord,
  started: RunStarted,
  { inventory: given, only, node }: LiveSelection,
  terminal: Terminal,
): Promise<LiveSources | undefined> {
  const folder = join(record.folder, "data", "runbook");
  const texts = started.runbooks.map(({ file }) => join(folder, file));
  const runbooks = (await loadRunbooks(texts)).map(({ runbook }) => runbook);
  for (const [index, { file, sha256 }] of started.runbooks.entries())
    if (runbooks[index]?.sha256 !== sha256) throw changed(file);
  const { loaded: reportSettings } = await loadReportSettings(folder);
  if (reportSettings === undefined) throw changed("rapport.yaml");
  const path = given ?? (await runningLab());
  if (path === undefined) throw noInventory();
  const { files, inventory } = await loadInventory(path);
  if (printMessages(files, terminal) > 0 || inventory === undefined) return undefined;
  const { plan, problems } = planRun({
    runbooks,
    inventory,
    needsOf: (block) => KINDS[block.kind].needs(block),
    scope: started.scope,
    only: { steps: only?.map((id) => id.replace(/^#/, "")), nodes: node },
  });
  if (printProblems(problems, terminal) > 0) return undefined;
  if (isSleepingLab({ plan, inventory })) refuseSleepingLab(inventory);
  const before = await loadInventory(join(folder, started.inventory.source.file)).catch(() => undefined);
  return { prepared: { plan, inventory, inventoryFiles: files, reportSettings }, recorded: before?.inventory };
}

function changed(file: string): ProblemError {
  return new ProblemError(
    "LIVE_SOURCES",
    `Le texte de ${file} n’est pas celui que le journal connaît : rien n’est exécuté.`,
    {
      scope: "environment",
      hint: "« constat audit » dit ce qui a changé dans le dossier ; prenez une copie intacte.",
    },
  );
}

function noInventory(): ProblemError {
  return new ProblemError(
    "INVENTORY_MISSING",
    "Un audit en direct parle aux machines, et aucun inventaire ne les nomme.",
    {
      scope: "author",
      hint: "Donnez --inventory fichier.yaml : celui du cluster qui a été relevé.",
    },
  );
}
