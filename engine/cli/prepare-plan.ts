import type { VFile } from "vfile";
import { askedOf, KINDS } from "../kinds/index.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Plan } from "../model/plan.ts";
import { type PlanProblem, planRun } from "../plan/index.ts";
import type { OperatorTransport } from "../transports/port.ts";
import { checkSources } from "./checked-sources.ts";
import { defaultInventory } from "./default-inventory.ts";
import { printMessages, printProblems } from "./messages.ts";
import type { LoadedSettings } from "./report-settings.ts";
import { type LoadedRunbook, runbooksFolder } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

/** Which part of the runbooks, and against what. */
export interface Selection {
  readonly inventory?: string | undefined;
  readonly chapter?: readonly number[] | undefined;
  readonly only?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly node?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** A folder of pictures, named by their captions, for what a person would be asked. */
  readonly pictures?: string | undefined;
}

export interface Prepared {
  readonly plan: Plan;
  readonly inventory: Inventory;
  /** The inventory's own file last, before it those that it extends. */
  readonly inventoryFiles: readonly VFile[];
  readonly reportSettings: LoadedSettings;
}

/** From paths to a plan that can run; undefined when an author's mistake was printed instead. */
export async function preparePlan(
  paths: readonly string[],
  selection: Selection,
  terminal: Terminal,
  operator: Pick<OperatorTransport, "available">,
): Promise<Prepared | undefined> {
  const inventoryPath = selection.inventory ?? (await defaultInventory(paths));
  const sources = await checkSources(paths, inventoryPath);
  const errors = printMessages(sources.files, terminal);
  const [inventory] = sources.inventories;
  const { reportSettings } = sources;
  if (errors > 0 || inventory === undefined || reportSettings === undefined) return undefined;

  const [first = "."] = paths;
  const scope = selection.chapter ?? (await scopeOf(first, sources.runbooks, reportSettings.settings.chapitres));
  const { plan, problems } = planRun({
    runbooks: sources.runbooks.map(({ runbook }) => runbook),
    inventory,
    needsOf: (block) => KINDS[block.kind].needs(block),
    mistakesOf: (block, known) => KINDS[block.kind].inspect(block, known),
    operatorFor: (block) => {
      const { caption, wants } = askedOf(block);
      return operator.available(caption, wants);
    },
    ...(scope === undefined ? {} : { scope }),
    only: {
      steps: selection.only?.map((id) => id.replace(/^#/, "")),
      tags: selection.tag,
      nodes: selection.node,
      chapters: selection.chapter,
      from: selection.from?.replace(/^#/, ""),
      until: selection.until?.replace(/^#/, ""),
    },
  });
  const found = problems.length > 0 ? problems : nothingLeft(plan, selection);
  if (printProblems(found, terminal) > 0) return undefined;
  return { plan, inventory, inventoryFiles: sources.inventoryFiles, reportSettings };
}

/** What the report is about: `chapitres`, or, when files are given instead of their folder, the chapters that these files write. */
async function scopeOf(
  first: string,
  runbooks: readonly LoadedRunbook[],
  ordered: readonly number[] | undefined,
): Promise<readonly number[] | undefined> {
  if (ordered === undefined || (await runbooksFolder(first)) === first) return ordered;
  const written = new Set(runbooks.map(({ runbook }) => runbook.chapter));
  return [...new Set([...ordered.filter((chapter) => written.has(chapter)), ...written])];
}

/** A selection whose words each name something, but nothing together: a run of nothing would end well. */
function nothingLeft({ steps }: Plan, { only, tag, node, chapter, from, until }: Selection): readonly PlanProblem[] {
  const selected = [only, tag, node, chapter, from, until].some((words) => words !== undefined);
  if (!selected || steps.some(({ leftOut }) => leftOut === undefined)) return [];
  const place = { file: "ligne de commande", line: 1, column: 1 };
  const reason = "aucune étape ne répond à tous ces choix à la fois : rien ne serait exécuté";
  return [{ place, reason, remedy: "retirez l’un des choix --only, --tag, --node, --chapter, --from ou --until" }];
}
