import { sha256 } from "../base/digest.ts";
import { ProblemError } from "../base/problem.ts";
import type { RunFolder } from "../evidence/index.ts";
import type { RunStarted } from "../model/event.ts";
import { inventorySources, isInventoryName } from "./inventory-sources.ts";
import { operatorHere } from "./operator-here.ts";
import type { Prepared } from "./prepare-plan.ts";
import { repositoryOf } from "./repository.ts";
import { toolsHere } from "./tools.ts";
import { VERSION } from "./version.ts";

const SETTINGS = "rapport.yaml";

/** Refuses two runbooks that would be kept under one name. Throws SOURCE_NAMES. */
export function refuseSameNames({ plan }: Prepared): void {
  const names = plan.runbooks.map(({ file }) => baseName(file));
  const double = names.find(
    (name, index) => names.indexOf(name) !== index || name === SETTINGS || isInventoryName(name),
  );
  if (double === undefined) return;
  throw new ProblemError("SOURCE_NAMES", `Deux documents de cette exécution s’appellent ${double}.`, {
    scope: "author",
    hint: "Renommez l’un des deux : les preuves gardent chaque document sous son nom.",
  });
}

/** Copies the texts that decide what runs into the run folder. */
export async function keepSources(folder: RunFolder, prepared: Prepared): Promise<void> {
  for (const { file, source } of prepared.plan.runbooks) await folder.keepSource(baseName(file), source);
  await folder.keepSource(SETTINGS, prepared.reportSettings.text);
  const { waiverFile } = prepared.reportSettings;
  if (waiverFile !== undefined) await folder.keepSource(waiverFile.name, waiverFile.text);
  const { own, bases } = inventorySources(prepared.inventoryFiles);
  for (const { file, text } of [...bases, own]) await folder.keepSource(file, text);
}

/** The first event of a run: who, with what, against what, and everything that is planned. */
export async function runStarted(
  id: string,
  prepared: Prepared,
  sealingKey: string | undefined,
  audits?: RunStarted["audits"],
): Promise<RunStarted> {
  const { plan, inventory, inventoryFiles, reportSettings } = prepared;
  const [first] = plan.runbooks;
  const repository = first === undefined ? undefined : await repositoryOf(first.file);
  const { own, bases } = inventorySources(inventoryFiles);
  return {
    type: "run-started",
    run: id,
    engine: {
      name: "constat",
      version: VERSION,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    operator: { ...operatorHere(), ...(sealingKey !== undefined && { key: sealingKey }) },
    tools: await toolsHere(),
    ...(audits !== undefined && { audits }),
    ...(repository !== undefined && { repository }),
    inventory: {
      file: inventory.file,
      name: inventory.name,
      source: { file: own.file, sha256: own.sha256 },
      ...(bases.length > 0 && { bases: bases.map(({ file, sha256: digest }) => ({ file, sha256: digest })) }),
      simulated: inventory.simulated ?? null,
      timeScale: inventory.timeScale,
    },
    runbooks: plan.runbooks.map(({ file, sha256: digest, chapter, title }) => ({
      file: baseName(file),
      sha256: digest,
      chapter,
      title,
    })),
    settings: { file: SETTINGS, sha256: sha256(reportSettings.text) },
    ...(reportSettings.waiverFile !== undefined && {
      waivers: { file: reportSettings.waiverFile.name, sha256: sha256(reportSettings.waiverFile.text) },
    }),
    scope: plan.scope,
    steps: plan.steps.map(({ id: step, block, targets, fills }) => ({
      step,
      kind: block.kind,
      role: block.role,
      chapter: block.chapter,
      targets,
      fills: fills ?? null,
      ...(block.settings.exigence !== undefined && { requirements: block.settings.exigence }),
      file: baseName(block.place.file),
      line: block.place.line,
    })),
    placeholders: plan.placeholders.map(({ placeholder, candidates, chosen }) => ({
      id: placeholder.id,
      caption: placeholder.caption,
      chapter: placeholder.chapter,
      candidates,
      chosen: chosen ?? null,
    })),
  };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
