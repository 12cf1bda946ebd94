import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/digest.ts";
import { type RunRecord, writeAtomically } from "../evidence/index.ts";
import type { Report } from "../model/report.ts";
import type { Attachment } from "./archive/attach-files.ts";
import { finishPdf } from "./archive/finish-pdf.ts";
import { placeholderPng } from "./archive/placeholders.ts";
import { buildReport } from "./build.ts";
import { HTML_LIMIT, htmlFace } from "./html/html-face.ts";
import { pageScript } from "./html/page-script.ts";
import { printPdf } from "./pdf.ts";
import { type PictureFiles, readPictures } from "./picture-files.ts";
import { renderHtml, type Templates } from "./render-html.ts";
import { toolsText } from "./rendering-tools.ts";
import { readFonts, readTemplates } from "./templates.ts";
import { wordsOf } from "./words.ts";
import { writeBeside } from "./write-beside.ts";

export interface WriteReportRequest {
  readonly record: RunRecord;
  readonly templatesFolder: string;
  /** Files that take the place of the product's own of the same name. */
  readonly projectTemplates?: string | undefined;
  /** Where the two files go; the run's own `data/` unless said otherwise. */
  readonly outFolder?: string | undefined;
  readonly browserPath: string;
  /** An HTML page heavier than this keeps its pictures beside it; 40 MB unless said otherwise. */
  readonly htmlLimitBytes?: number | undefined;
  /** Version of the engine that renders; the run's own may be older. */
  readonly engine?: string | undefined;
  readonly signal: AbortSignal;
}

export interface WrittenReport {
  readonly html: string;
  readonly pdf: string;
  readonly pages: number;
  /** How many pictures the HTML page looks for beside it; 0 for a single file. */
  readonly pictures: number;
}

/** Writes `rapport.html` and `rapport.pdf`, each whole or not at all. Gives their paths and the number of pages. */
export async function writeReport(request: WriteReportRequest): Promise<WrittenReport> {
  const { record, templatesFolder, browserPath, signal, engine = "" } = request;
  const report = await buildReport(record);
  const templates = await readTemplates(templatesFolder, request.projectTemplates);
  const pictures = await readPictures(record, report);
  const fonts = await readFonts(templatesFolder);
  const htmlLimitBytes = request.htmlLimitBytes ?? HTML_LIMIT;
  const face = printFace(report, templates, fonts);
  const printed = await printPdf({
    html: face.html,
    files: new Map([...placeholders(pictures), ...fontFiles(fonts)]),
    browserPath,
    signal,
  });
  const finished = await finishPdf({
    ...{ pdf: printed.pdf, links: printed.links, headings: printed.headings, report },
    pictures: face.pictures.flatMap((path) => (pictures.isEvidence(path) ? (pictures.files.get(path) ?? []) : [])),
    attachments: await attachmentsOf(
      record,
      report,
      toolsText({ engine, browser: printed.browser, fonts, templates, htmlLimitBytes }),
    ),
  });
  // Nothing is written before both are whole: a report of the run's own folder is under seal.
  const script = await pageScript(templatesFolder);
  const { page, files } = await htmlFace({
    ...{ record, report, templates, script, pictures, limitBytes: htmlLimitBytes },
  });
  const folder = request.outFolder ?? join(record.folder, "data");
  await mkdir(folder, { recursive: true });
  const html = join(folder, "rapport.html");
  const pdf = join(folder, "rapport.pdf");
  await writeBeside(folder, record, files);
  await writeAtomically(html, page);
  await writeAtomically(pdf, finished);
  return { html, pdf, pages: printed.pages, pictures: files.size };
}

/** The print face and the pictures that it shows. */
function printFace(
  report: Report,
  templates: Templates,
  files: ReadonlyMap<string, Buffer>,
): { readonly html: string; readonly pictures: readonly string[] } {
  const pictures = new Set<string>();
  const source = (path: string): string => {
    pictures.add(path);
    return path;
  };
  const fonts = [...files].map(([file, content]) => ({ name: file.replace(/\.ttf$/, ""), sha256: sha256(content) }));
  return { html: renderHtml(report, "print", { templates, source, fonts }), pictures: [...pictures] };
}

function fontFiles(fonts: ReadonlyMap<string, Buffer>): readonly (readonly [string, Buffer])[] {
  return [...fonts].map(([name, content]) => [`fonts/${name}`, content] as const);
}

/** What the browser gets to see of the pictures: decoding them would cost it more than all the rest. */
function placeholders(pictures: PictureFiles): readonly (readonly [string, Uint8Array])[] {
  return [...pictures.files].map(([path, content]) => [
    path,
    pictures.isEvidence(path) ? placeholderPng(content) : content,
  ]);
}

/** The journal, its head, the tools of this rendering, and the digests of all evidence in the form that `sha256sum -c` reads. */
async function attachmentsOf(record: RunRecord, report: Report, tools: string): Promise<readonly Attachment[]> {
  const words = wordsOf(report.language);
  const digests = report.integrity.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("");
  const run = await record.read("run.json").catch(() => undefined);
  return [
    {
      name: "preuves-sha256.txt",
      mediaType: "text/plain",
      description: words.attachedDigests,
      content: Buffer.from(digests, "utf8"),
    },
    {
      name: "rendu.json",
      mediaType: "application/json",
      description: words.attachedTools,
      content: Buffer.from(tools, "utf8"),
    },
    {
      name: "journal.jsonl",
      mediaType: "application/jsonl",
      description: words.attachedJournal,
      content: await record.read("journal.jsonl"),
    },
    ...(run === undefined
      ? []
      : [{ name: "run.json", mediaType: "application/json", description: words.attachedRun, content: run }]),
  ];
}
