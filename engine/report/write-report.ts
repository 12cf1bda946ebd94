import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type RunRecord, writeAtomically } from "../evidence/index.ts";
import type { Report } from "../model/report.ts";
import type { Attachment } from "./archive/attach-files.ts";
import { finishPdf } from "./archive/finish-pdf.ts";
import { placeholderPng } from "./archive/placeholders.ts";
import { buildReport } from "./build.ts";
import { printPdf } from "./pdf.ts";
import { type PictureFiles, readPictures } from "./picture-files.ts";
import { renderHtml, type Templates } from "./render-html.ts";
import { toolsText } from "./rendering-tools.ts";
import { readFonts, readTemplates } from "./templates.ts";
import { wordsOf } from "./words.ts";

export interface WriteReportRequest {
  readonly record: RunRecord;
  readonly templatesFolder: string;
  /** Where the two files go; the run's own `data/` unless said otherwise. */
  readonly outFolder?: string | undefined;
  readonly browserPath: string;
  /** Version of the engine that renders; the run's own may be older. */
  readonly engine?: string | undefined;
  readonly signal: AbortSignal;
}

/** Writes `rapport.html` and `rapport.pdf`, each whole or not at all. Gives their paths and the number of pages. */
export async function writeReport(
  request: WriteReportRequest,
): Promise<{ readonly html: string; readonly pdf: string; readonly pages: number }> {
  const { record, templatesFolder, browserPath, signal, engine = "" } = request;
  const report = await buildReport(record);
  const templates = await readTemplates(templatesFolder);
  const pictures = await readPictures(record, report);
  const fonts = await readFonts(templatesFolder);
  const face = printFace(report, templates);
  const printed = await printPdf({
    html: face.html,
    files: new Map([...placeholders(pictures), ...fontFiles(fonts)]),
    browserPath,
    signal,
  });
  const finished = await finishPdf({
    ...{ pdf: printed.pdf, links: printed.links, headings: printed.headings, report },
    pictures: face.pictures.flatMap((path) => (pictures.isEvidence(path) ? (pictures.files.get(path) ?? []) : [])),
    attachments: await attachmentsOf(record, report, toolsText({ engine, browser: printed.browser, fonts, templates })),
  });
  // Nothing is written before both are whole: a report of the run's own folder is under seal.
  const page = htmlFace(report, templates, pictures);
  const folder = request.outFolder ?? join(record.folder, "data");
  await mkdir(folder, { recursive: true });
  const html = join(folder, "rapport.html");
  const pdf = join(folder, "rapport.pdf");
  await writeAtomically(html, page);
  await writeAtomically(pdf, finished);
  return { html, pdf, pages: printed.pages };
}

/** The print face and the pictures that it shows. */
function printFace(
  report: Report,
  templates: Templates,
): { readonly html: string; readonly pictures: readonly string[] } {
  const pictures = new Set<string>();
  const source = (path: string): string => {
    pictures.add(path);
    return path;
  };
  return { html: renderHtml(report, "print", { templates, source }), pictures: [...pictures] };
}

function htmlFace(report: Report, templates: Templates, pictures: PictureFiles): string {
  return renderHtml(report, "html", { templates, source: (path) => pictures.dataUri(path) });
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
