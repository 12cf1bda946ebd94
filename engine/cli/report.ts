import { join } from "node:path";
import { placeholderStatuses } from "../audit/index.ts";
import { openRun, writeManifest } from "../evidence/index.ts";
import { writeReport } from "../report/index.ts";
import { browserPath } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { HOME } from "./version.ts";

export interface ReportOptions {
  /** Another folder than the run's own `data/`. */
  readonly out?: string | undefined;
}

/** `constat report`: PDF and HTML from a run folder alone. */
export async function report(path: string, options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const code = await renderReport(path, options, terminal);
  if (options.out === undefined) await writeManifest((await openRun(path)).folder);
  return code;
}

/** Renders and says where; `incomplete` when a placeholder in scope has no figure. */
export async function renderReport(path: string, options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const record = await openRun(path);
  const { html, pdf, pages } = await writeReport({
    record,
    templatesFolder: join(HOME, "templates"),
    outFolder: options.out ?? join(record.folder, "data"),
    browserPath: await browserPath(),
    signal: AbortSignal.timeout(10 * 60_000),
  });
  const statuses = placeholderStatuses(record.events);
  const filled = statuses.filter(({ why }) => why === "").length;
  terminal.out(`Rapport : ${pages} pages, figures ${filled}/${statuses.length}.\n${html}\n${pdf}\n`);
  return filled < statuses.length ? EXIT.incomplete : EXIT.ok;
}
