import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type RunRecord, writeAtomically } from "../evidence/index.ts";
import type { Report } from "../model/report.ts";
import { buildReport } from "./build.ts";
import { HTML_LIMIT, htmlFace } from "./html/html-face.ts";
import { pageScript } from "./html/page-script.ts";
import { markdownFace } from "./markdown/markdown-face.ts";
import { readPictures } from "./picture-files.ts";
import type { Rewriting } from "./rewriting.ts";
import { readTemplates } from "./templates.ts";
import { writeBeside } from "./write-beside.ts";

export interface WriteFaceRequest {
  readonly record: RunRecord;
  readonly templatesFolder: string;
  readonly projectTemplates?: string | undefined;
  readonly outFolder: string;
  readonly htmlLimitBytes?: number | undefined;
  /** Texts to show in place of those that ran. */
  readonly rewriting?: Rewriting | undefined;
}

/** Writes one face of the report that needs no browser: `rapport.html` or `rapport.md`, with pictures beside it where it looks for them. Gives its path. */
export async function writeFace(face: "html" | "markdown", request: WriteFaceRequest): Promise<string> {
  const { record, outFolder } = request;
  const report = await buildReport(record, request.rewriting);
  const { name, text, files } = face === "html" ? await asPage(report, request) : await asMarkdown(report, record);
  await mkdir(outFolder, { recursive: true });
  await writeBeside(outFolder, record, files);
  const path = join(outFolder, name);
  await writeAtomically(path, text);
  return path;
}

async function asPage(report: Report, request: WriteFaceRequest) {
  const { record, templatesFolder, projectTemplates } = request;
  const { page, files } = await htmlFace({
    record,
    report,
    templates: await readTemplates(templatesFolder, projectTemplates),
    script: await pageScript(templatesFolder),
    pictures: await readPictures(record, report),
    limitBytes: request.htmlLimitBytes ?? HTML_LIMIT,
  });
  return { name: "rapport.html", text: page, files };
}

async function asMarkdown(report: Report, record: RunRecord) {
  const { text, pictures } = markdownFace(report);
  const all = await readPictures(record, report);
  const files = new Map(pictures.map((path) => [path, all.files.get(path) ?? Buffer.alloc(0)]));
  return { name: "rapport.md", text, files };
}
