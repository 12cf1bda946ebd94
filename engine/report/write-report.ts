import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type RunRecord, writeAtomically } from "../evidence/index.ts";
import type { Report } from "../model/report.ts";
import { buildReport } from "./build.ts";
import { describePdf } from "./describe-pdf.ts";
import { printPdf } from "./pdf.ts";
import { type PictureFiles, readPictures } from "./picture-files.ts";
import { renderHtml, type Templates } from "./render-html.ts";
import { readFonts, readTemplates } from "./templates.ts";

export interface WriteReportRequest {
  readonly record: RunRecord;
  readonly templatesFolder: string;
  /** Where the two files go; the run's own `data/` unless said otherwise. */
  readonly outFolder?: string | undefined;
  readonly browserPath: string;
  readonly signal: AbortSignal;
}

/** Writes `rapport.html` and `rapport.pdf`, each whole or not at all. Gives their paths and the number of pages. */
export async function writeReport(
  request: WriteReportRequest,
): Promise<{ readonly html: string; readonly pdf: string; readonly pages: number }> {
  const { record, templatesFolder, browserPath, signal } = request;
  const report = await buildReport(record);
  const templates = await readTemplates(templatesFolder);
  const pictures = await readPictures(record, report);
  const printed = await printPdf({
    html: printFace(report, templates),
    files: new Map([...pictures.files, ...fontFiles(await readFonts(templatesFolder))]),
    browserPath,
    signal,
  });
  const folder = request.outFolder ?? join(record.folder, "data");
  await mkdir(folder, { recursive: true });
  const html = join(folder, "rapport.html");
  const pdf = join(folder, "rapport.pdf");
  await writeAtomically(html, htmlFace(report, templates, pictures));
  await writeAtomically(pdf, await describePdf(printed.pdf, report));
  return { html, pdf, pages: printed.pages };
}

function printFace(report: Report, templates: Templates): string {
  return renderHtml(report, "print", { templates, source: (path) => path });
}

function htmlFace(report: Report, templates: Templates, pictures: PictureFiles): string {
  return renderHtml(report, "html", { templates, source: (path) => pictures.dataUri(path) });
}

function fontFiles(fonts: ReadonlyMap<string, Buffer>): readonly (readonly [string, Buffer])[] {
  return [...fonts].map(([name, content]) => [`fonts/${name}`, content] as const);
}
