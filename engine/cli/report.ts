import { join } from "node:path";
import { placeholderStatuses } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import { ProblemError } from "../base/problem.ts";
import { openRun, updateManifest } from "../evidence/index.ts";
import { writeReport } from "../report/index.ts";
import { againSealing } from "./again-sealing.ts";
import { browserPath } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { outsideRun } from "./outside-run.ts";
import { refuseSecrets } from "./recorded-secrets.ts";
import { type FaceOptions, reportWatch, writeOneFace } from "./report-watch.ts";
import { runPath } from "./run-path.ts";
import { type SealOptions, sealFolder } from "./sealing.ts";
import type { Terminal } from "./terminal.ts";
import { HOME, VERSION } from "./version.ts";

const LIMIT_MS = 10 * 60_000;

export interface ReportOptions extends SealOptions {
  /** Another folder than the run's own `data/`. */
  readonly out?: string | undefined;
  /** PDF and HTML together unless one face is named. */
  readonly format?: "html" | "markdown" | undefined;
  readonly templates?: string | undefined;
  readonly runbooks?: string | undefined;
  /** In megabytes. */
  readonly htmlMax?: number | undefined;
  readonly watch?: boolean | undefined;
}

/** `constat report`: PDF and HTML from a run folder alone. */
export async function report(given: string, options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const path = await runPath(given);
  if (options.out !== undefined) await outsideRun((await openRun(path)).folder, options.out);
  const interrupts = onInterrupt(terminal, "le rendu est arrêté.");
  try {
    const face = oneFace(options);
    if (face !== undefined && options.watch === true) return await reportWatch(path, face, terminal, interrupts.first);
    if (face !== undefined) return await writeOneFace(path, face, terminal);
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

/**
 * A face of its own, which has no place in the run's folder; undefined for the whole report. Throws ProblemError REPORT_OUT when no folder
 * is said for it.
 */
function oneFace({ format, watch, out, templates, runbooks, htmlMax }: ReportOptions): FaceOptions | undefined {
  if (format === undefined && watch !== true && runbooks === undefined) return undefined;
  if (out === undefined) {
    throw new ProblemError(
      "REPORT_OUT",
      "Il manque le dossier où écrire : celui de l’exécution ne reçoit que le rapport complet.",
      {
        scope: "author",
        hint: "Ajoutez --out <dossier>.",
      },
    );
  }
  const face = { out, format: format ?? ("html" as const), templates, runbooks, htmlLimitBytes: inBytes(htmlMax) };
  if (watch !== true || templates !== undefined || runbooks !== undefined) return face;
  throw new ProblemError("REPORT_WATCH", "Rien à surveiller.", {
    scope: "author",
    hint: "Ajoutez --templates <dossier> ou --runbooks <dossier>, ce que vous voulez retoucher.",
  });
}

function inBytes(megabytes: number | undefined): number | undefined {
  return megabytes === undefined ? undefined : megabytes * 1_000_000;
}

/** Renders and says where; `incomplete` when a placeholder in scope has no figure. In the run's own folder, the manifest follows. */
export async function renderReport(
  path: string,
  options: ReportOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const record = await openRun(path);
  const { html, pdf, pages, pictures } = await writeReport({
    record,
    templatesFolder: join(HOME, "templates"),
    projectTemplates: options.templates,
    htmlLimitBytes: inBytes(options.htmlMax),
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
  const beside = pictures === 0 ? "" : ` (trop lourd pour un seul fichier : ${counted(pictures, "image")} à côté)`;
  terminal.out(`Rapport : ${pages} pages, figures ${filled}/${statuses.length}${taken}.\n${html}${beside}\n${pdf}\n`);
  return filled < statuses.length ? EXIT.incomplete : EXIT.ok;
}
