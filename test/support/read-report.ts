import { join } from "node:path";
import { openRun } from "../../engine/evidence/index.ts";
import type { Report } from "../../engine/model/report.ts";
import { buildReport, type Face, readTemplates, renderHtml } from "../../engine/report/index.ts";
import { writeRunFolder } from "./run-folder.ts";
import type { RunFolderSpec, StepSpec } from "./run-folder-spec.ts";

/** The product's own templates. */
export const TEMPLATES = join(import.meta.dirname, "..", "..", "templates");

/** Writes a run folder and builds its report. */
export async function reportOf(spec: RunFolderSpec): Promise<Report> {
  return buildReport(await openRun(await writeRunFolder(spec)));
}

/** A face of a report; pictures keep their path as address. */
export async function faceOf(report: Report, face: Face): Promise<string> {
  return renderHtml(report, face, { templates: await readTemplates(TEMPLATES), source: (path) => path });
}

/** A run of one chapter with these steps, whose Markdown is given. */
export function oneChapter(root: string, text: string, steps: readonly StepSpec[]): RunFolderSpec {
  return {
    root,
    runbooks: [{ file: "01.md", chapter: 1, title: "1. Essai", text: `# 1. Essai\n\n${text}\n` }],
    steps,
    placeholders: steps.flatMap(({ id, fills }) =>
      fills === undefined ? [] : [{ id: fills, caption: fills, chapter: 1, candidates: [id], chosen: id }],
    ),
  };
}
