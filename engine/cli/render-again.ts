import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Render } from "../audit/index.ts";
import { isProblem } from "../base/problem.ts";
import { openRun } from "../evidence/index.ts";
import { writeReport } from "../report/index.ts";
import { browserPath } from "./compose.ts";
import { HOME, VERSION } from "./version.ts";

const LIMIT_MS = 10 * 60_000;

/**
 * Renders the report of a run folder into a folder of its own, which is removed, for the audit to compare with the one delivered; with a
 * project's templates where it was made with them.
 */
export function renderAgain(signal: AbortSignal, projectTemplates: string | undefined): Render {
  return async (folder, { htmlLimitBytes }) => {
    const outFolder = await mkdtemp(join(tmpdir(), "constat-audit-"));
    try {
      const { html, pdf } = await writeReport({
        record: await openRun(folder),
        templatesFolder: join(HOME, "templates"),
        projectTemplates,
        htmlLimitBytes,
        outFolder,
        browserPath: await browserPath(),
        engine: VERSION,
        signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
      });
      return { pdf: await readFile(pdf), html: await readFile(html) };
    } catch (error) {
      // What is wrong with the evidence has findings of its own; here it only means that nothing can be compared.
      if (!isProblem(error)) throw error;
      return error.message;
    } finally {
      await rm(outFolder, { recursive: true, force: true });
    }
  };
}
