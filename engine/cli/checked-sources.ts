import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { VFile } from "vfile";
import { KINDS } from "../kinds/index.ts";
import type { Inventory } from "../model/inventory.ts";
import { LOCAL } from "../model/inventory.ts";
import { lintRunbooks } from "../runbook/index.ts";
import { checkReferences } from "../settings/index.ts";
import { inspectSettings } from "./inspect-settings.ts";
import { type LoadedSettings, loadReportSettings } from "./report-settings.ts";
import { refuseSecretsInClear } from "./secrets-in-clear.ts";
import { type LoadedRunbook, loadInventory, loadRunbooks, runbooksFolder } from "./sources.ts";

/** Runbooks and inventories with every message that can be had without touching a machine. */
export interface CheckedSources {
  readonly runbooks: readonly LoadedRunbook[];
  readonly inventories: readonly Inventory[];
  /** The files of the inventories: each after those that it extends. */
  readonly inventoryFiles: readonly VFile[];
  /** What `rapport.yaml` says; undefined when it has a mistake. */
  readonly reportSettings: LoadedSettings | undefined;
  /** All files that carry messages: runbooks first. */
  readonly files: readonly VFile[];
}

/**
 * Reads and checks runbooks against an inventory, or, when none is given, against all of `inventory/*.yaml` beside them:
 * a node is unknown when none of them knows it.
 */
export async function checkSources(
  paths: readonly string[],
  inventoryPath: string | undefined,
): Promise<CheckedSources> {
  const runbooks = await loadRunbooks(paths);
  const layers = await Promise.all((await inventoriesOf(paths, inventoryPath)).map((path) => loadInventory(path)));
  const inventories = layers.flatMap(({ inventory }) => (inventory === undefined ? [] : [inventory]));
  const [first = "."] = paths;
  const { files: settingsFiles, loaded: reportSettings } = await loadReportSettings(await runbooksFolder(first));
  lintRunbooks(runbooks, {
    nodes: names(inventories, ({ nodes }) => nodes.map(({ name }) => name)),
    groups: names(inventories, ({ groups }) => Object.keys(groups)),
    crowds: names(inventories, ({ groups }) => Object.keys(groups).filter((name) => (groups[name] ?? []).length > 1)),
    secrets: names(inventories, ({ secrets }) => Object.keys(secrets)),
    variables: names(inventories, ({ vars }) => Object.keys(vars)),
    requirements: Object.keys(reportSettings?.settings.exigences ?? {}),
  });
  for (const { file, runbook } of runbooks) {
    for (const block of runbook.blocks) {
      for (const { rule, place, reason, remedy } of [...inspectSettings(block), ...KINDS[block.kind].inspect(block)]) {
        const message = file.message(reason, {
          place: { line: place.line, column: place.column },
          ruleId: rule,
          source: "constat",
        });
        message.fatal = true;
        message.note = remedy;
      }
    }
  }
  // A part of the runbooks does not hold every name.
  if (reportSettings !== undefined && (await runbooksFolder(first)) === first)
    for (const file of settingsFiles) checkReferences(file, namesOf(runbooks));
  const inventoryFiles = layers.flatMap(({ files }) => files);
  refuseSecretsInClear([...settingsFiles, ...inventoryFiles]);
  return {
    runbooks,
    inventories,
    inventoryFiles,
    reportSettings,
    files: [...runbooks.map(({ file }) => file), ...settingsFiles, ...inventoryFiles],
  };
}

function namesOf(runbooks: readonly LoadedRunbook[]) {
  const blocks = runbooks.flatMap(({ runbook }) => runbook.blocks);
  const placeholders = runbooks.flatMap(({ runbook }) => runbook.placeholders);
  return {
    steps: blocks.map(({ id }) => id),
    figures: placeholders.flatMap(({ id, caption }) => [id, caption]),
    requirements: blocks.flatMap(({ settings }) => settings.exigence ?? []),
  };
}

async function inventoriesOf(paths: readonly string[], given: string | undefined): Promise<readonly string[]> {
  if (given !== undefined) return [given];
  const found: string[] = [];
  for (const path of paths) {
    const folder = join(await runbooksFolder(path), "inventory");
    try {
      const entries = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
      found.push(...entries.map((name) => join(folder, name)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return [...new Set(found)];
}

function names(
  inventories: readonly Inventory[],
  take: (inventory: Inventory) => readonly string[],
): readonly string[] {
  return [...new Set(inventories.flatMap(take))].filter((name) => name !== LOCAL);
}
