import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { auditRun } from "../audit/index.ts";
import { ProblemError } from "../base/problem.ts";
import { openRun, type Reopened, reopenRun } from "../evidence/index.ts";
import type { RunStarted } from "../model/event.ts";
import { setSealAside } from "../seal/index.ts";
import type { Prepared } from "./prepare-plan.ts";
import { refuseSigned } from "./refuse-signed.ts";
import { runPath } from "./run-path.ts";
import { runStarted } from "./run-started.ts";

/** What a run that was cut short, or is written again, cannot be blamed for. */
const FORGIVEN = /^(?:step-not-passed|run-summary|manifest-.+|seal.*|bag.*|pdf.*|report.*)$/;

/**
 * Opens an earlier run to go on with it, in its own folder: the newest of `output` when none is named. Throws RESUME_BROKEN when its
 * journal or its files were changed, RESUME_CHANGED when the runbooks, the inventory or the selection are not those of then, REPORT_SIGNED
 * when its report, which the next one replaces, is signed and that one would not be (`signs`).
 */
export async function resumeRun(
  given: string | true,
  { output, prepared, signs }: { readonly output: string; readonly prepared: Prepared; readonly signs: boolean },
): Promise<Reopened> {
  const named = await runPath(given === true ? join(output, "latest") : given);
  const { events } = await openRun(named);
  const path = await realpath(named);
  const { findings } = await auditRun(path);
  const broken = findings.find(({ severity, rule }) => severity === "error" && !FORGIVEN.test(rule));
  if (broken !== undefined) {
    throw new ProblemError("RESUME_BROKEN", `Les preuves de ${named} ne sont plus intactes : ${broken.text}`, {
      scope: "environment",
      hint: `« constat audit ${named} » dit ce qui a changé ; lancez une nouvelle exécution.`,
    });
  }
  const then = events.find((event) => event.type === "run-started");
  const different =
    then === undefined ? "le journal" : differing(then, await runStarted(then.run, prepared, undefined));
  if (different !== undefined) {
    throw new ProblemError("RESUME_CHANGED", `${named} ne peut pas être reprise : ${different} a changé depuis.`, {
      scope: "author",
      hint: `Remettez ce qui avait été exécuté, ou lancez une nouvelle exécution : « --reuse ${named} » en reprend les figures, les gardes ce qui est fait.`,
    });
  }
  if (!signs) await refuseSigned(path);
  return await reopenRun(path, () => setSealAside(path));
}

/** The first thing that decides what runs and is not what it was. */
function differing(then: RunStarted, now: RunStarted): string | undefined {
  const texts = new Map(now.runbooks.map(({ file, sha256 }) => [file, sha256]));
  const runbook = then.runbooks.find(({ file, sha256 }) => texts.get(file) !== sha256);
  if (runbook !== undefined) return runbook.file;
  if (then.inventory.source.sha256 !== now.inventory.source.sha256) return `l’inventaire ${then.inventory.source.file}`;
  if (then.settings.sha256 !== now.settings.sha256) return then.settings.file;
  const steps = ({ steps: planned }: RunStarted) =>
    JSON.stringify(planned.map(({ step, targets, fills }) => [step, targets, fills]));
  return steps(then) === steps(now) ? undefined : "la sélection des étapes ou des nœuds";
}
