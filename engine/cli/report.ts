import { join } from "node:path";
import { placeholderStatuses } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import { openRun, updateManifest } from "../evidence/index.ts";
import { writeReport } from "../report/index.ts";
import { againSealing } from "./again-sealing.ts";
import { browserPath } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { outsideRun } from "./outside-run.ts";
import { refuseSecrets } from "./recorded-secrets.ts";
import { runPath } from "./run-path.ts";
import { type SealOptions, sealFolder } from "./sealing.ts";
import type { Terminal } from "./terminal.ts";
import { HOME, VERSION } from "./version.ts";

const LIMIT_MS = 10 * 60_000;

export interface ReportOptions extends SealOptions {
  /** Another folder than the run's own `data/`. */
  readonly out?: string | undefined;
}

/** `constat report`: PDF and HTML from a run folder alone. */
export async function report(given: string, options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const path = await runPath(given);
  if (options.out !== undefined) await outsideRun((await openRun(path)).folder, options.out);
  const interrupts = onInterrupt(terminal, "le rendu est arrêté.");
  try {
    const again = options.out === undefined ? await againSealing(path, options, terminal) : undefined;
    const code = await renderReport(path, options, terminal, interrupts.first);
    if (again !== undefined) {
      await refuseSecrets(again.folder, terminal, interrupts.first);
      await sealFolder(again.folder, again.sealing, terminal, interrupts.first);
    }
    return code;
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupts.release();
  }
}

/** Renders and says where; `incomplete` when a placeholder in scope has no figure. In the run's own folder, the manifest follows. */
export async function renderReport(
  path: string,
  options: ReportOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const record = await openRun(path);
  const { html, pdf, pages } = await writeReport({
    record,
    templatesFolder: join(HOME, "templates"),
    outFolder: options.out ?? join(record.folder, "data"),
    browserPath: await browserPath(),
    engine: VERSION,
    signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
  });
  if (options.out === undefined) await updateManifest(record.folder, ["data/rapport.html", "data/rapport.pdf"]);
  const statuses = placeholderStatuses(record.events);
  const filled = statuses.filter(({ why }) => why === "").length;
  const reused = statuses.filter(({ reusedFrom }) => reusedFrom !== null).length;
  const taken = reused === 0 ? "" : `, dont ${counted(reused, "reprise")}`;
  terminal.out(`Rapport : ${pages} pages, figures ${filled}/${statuses.length}${taken}.\n${html}\n${pdf}\n`);
  return filled < statuses.length ? EXIT.incomplete : EXIT.ok;
}
