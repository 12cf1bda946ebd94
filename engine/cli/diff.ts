import { dirname, join, resolve } from "node:path";
import { auditRun } from "../audit/index.ts";
import type { Json } from "../base/json.ts";
import { VOLATILE_RULES } from "../compare/index.ts";
import { type ComparedRun, compareRuns, summaryText, toJson, writePage } from "../diff/index.ts";
import { openRun } from "../evidence/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { ignoreChoice } from "./ignore-choice.ts";
import { onInterrupt } from "./interrupt.ts";
import { outsideRun } from "./outside-run.ts";
import { runPath } from "./run-path.ts";
import type { Terminal } from "./terminal.ts";
import { HOME, VERSION } from "./version.ts";

export interface DiffOptions {
  readonly json?: boolean | undefined;
  /** A path; `true` for the usual place; `false`: none. */
  readonly html: string | boolean;
  readonly ignore?: readonly string[] | undefined;
  readonly compare?: readonly string[] | undefined;
  /** In per cent of a picture's pixels, and 0 to 1 for colours. */
  readonly tolerance: number;
  readonly threshold: number;
}

/** Findings without which an audit's remarks on a run that was cut short are no damage. */
const UNFINISHED = new Set(["run-unfinished", "attempt-unfinished", "journal-torn"]);

/** `constat diff`: what differs between two runs. Exit 0 only when nothing does beyond rules and tolerance, and both are whole. */
export async function diff(older: string, newer: string, options: DiffOptions, terminal: Terminal): Promise<ExitCode> {
  const choice = ignoreChoice(options);
  const interrupts = onInterrupt(terminal, "la comparaison est arrêtée.");
  try {
    const [before, after] = [await openForDiff(await runPath(older)), await openForDiff(await runPath(newer))];
    if (typeof options.html === "string")
      for (const { record } of [before, after]) await outsideRun(record.folder, options.html);
    const { threshold, json = false, html } = options;
    const tolerance = options.tolerance / 100;
    const difference = await compareRuns(before, after, { ...choice, tolerance, threshold, signal: interrupts.first });
    const wanted = html === true ? !json : html !== false;
    const path = wanted
      ? await writePage(difference, {
          path: resolve(typeof html === "string" ? html : usualPlace(before, after)),
          templatesFolder: join(HOME, "templates"),
          engine: VERSION,
          before: before.record,
          after: after.record,
        })
      : null;
    if (json)
      terminal.out(
        `${JSON.stringify({ ...(toJson(difference) as { [key: string]: Json }), html: path }, undefined, 2)}\n`,
      );
    else terminal.out(`${summaryText(difference)}${path === null ? "" : `${path}\n`}`);
    return difference.different ? EXIT.failed : EXIT.ok;
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupts.release();
  }
}

/** `constat diff --rules`: what is left out, by name. */
export function listRules(terminal: Terminal): ExitCode {
  for (const { name, about, usual } of VOLATILE_RULES)
    terminal.out(`${name.padEnd(14)} ${usual ? "      " : "(non) "} ${about}\n`);
  terminal.out(
    "\nLes règles marquées « (non) » ne valent qu’avec --ignore. S’y ajoutent les masques et les lignes libres des runbooks.\n",
  );
  return EXIT.ok;
}

async function openForDiff(path: string): Promise<ComparedRun> {
  const record = await openRun(path);
  const { findings } = await auditRun(path);
  const damage = findings.filter(
    ({ severity, rule }) => UNFINISHED.has(rule) || (severity === "error" && rule !== "step-not-passed"),
  );
  return { record, damage };
}

/** Beside the newer run, never in it. */
function usualPlace(before: ComparedRun, after: ComparedRun): string {
  return join(dirname(after.record.folder), `diff-${before.record.run}--${after.record.run}.html`);
}
