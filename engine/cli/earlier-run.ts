import { auditRun } from "../audit/index.ts";
import { ProblemError } from "../base/problem.ts";
import { openRun } from "../evidence/index.ts";
import type { Inventory } from "../model/inventory.ts";
import type { EarlierRun } from "../run/index.ts";
import { runPath } from "./run-path.ts";

/**
 * The run that figures may be taken over from. Only evidence that holds, of the same site: a changed run is refused (REUSE_BROKEN), and
 * so is one of other machines, a lab's above all (REUSE_OTHER_SITE).
 */
export async function earlierRun(given: string, inventory: Inventory): Promise<EarlierRun> {
  const path = await runPath(given);
  const { findings } = await auditRun(path);
  const record = await openRun(path);
  const broken = findings.filter(
    ({ severity, rule }) => severity === "error" && rule !== "step-not-passed" && !rule.startsWith("report-"),
  );
  const head = record.journal.lines.at(-1)?.sha256;
  if (broken.length > 0 || head === undefined) {
    throw new ProblemError(
      "REUSE_BROKEN",
      `Les preuves de ${record.run} ne sont plus intactes : rien n’en est repris.`,
      {
        scope: "environment",
        hint: `« constat audit ${path} » dit ce qui a changé.`,
      },
    );
  }
  const started = record.events.find((event) => event.type === "run-started");
  const site = started?.type === "run-started" ? started.inventory : undefined;
  if (site?.name === inventory.name && site.simulated === (inventory.simulated ?? null)) return { record, head };
  throw new ProblemError(
    "REUSE_OTHER_SITE",
    `${record.run} a été exécutée sur « ${site?.name ?? "?"} », et non sur « ${inventory.name} » : ses figures ne montrent pas ces machines.`,
    { scope: "author", hint: "Donnez à --reuse une exécution faite avec ce même inventaire." },
  );
}
