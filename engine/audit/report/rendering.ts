import type { RunRecord } from "../../evidence/index.ts";
import { type PdfReading, readReportPdf } from "../../evidence/pdf/index.ts";
import { readPdfSignature } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import { REPORT, TOOLS, wrongReport } from "./wrong-report.ts";

const PAGE = "rapport.html";

/** Both faces of a report, rendered anew from the evidence. */
export interface Rendered {
  readonly pdf: Buffer;
  readonly html: Buffer;
}

/** Renders a report of a run folder again, elsewhere, with the choices that the delivered one says; a text says why that is not possible here. */
export type Render = (folder: string, choices: RenderingChoices) => Promise<Rendered | string>;

/** What a person may choose when a report is rendered, and what it says of it. */
export interface RenderingChoices {
  /** An HTML page heavier than this keeps its pictures beside it; undefined in reports that do not say. */
  readonly htmlLimitBytes: number | undefined;
}

interface Delivered {
  readonly pdf: Buffer;
  readonly reading: PdfReading;
  /** The tools that it says it was rendered with. */
  readonly tools: string;
}

/**
 * Compares a report with one that is rendered from the evidence now. With the same tools both have the same bytes (a signature only adds
 * some); with others their texts, structure and figures are compared, and the finding says so.
 */
export async function auditRendering(
  record: RunRecord,
  delivered: Delivered,
  render: Render,
): Promise<readonly Finding[]> {
  const recorded = toolsOf(delivered.tools);
  const choices = { htmlLimitBytes: recorded.htmlLimitBytes };
  let fresh = await render(record.folder, choices);
  if (typeof fresh === "string") return [notCompared(fresh)];
  const reading = await readReportPdf(fresh.pdf);
  const html = await record.read(PAGE).catch(() => undefined);
  const tools = reading.attachments.get(TOOLS)?.toString("utf8") ?? "";
  const sameTools = tools === delivered.tools;
  const differences = differencesOf(delivered.reading, reading);
  if (!sameTools) {
    if (differences.length === 0) return [otherTools(recorded)];
    if (isOtherAuthor(recorded, toolsOf(tools))) return [notComparable(differences)];
    return [wrongReport("report-rendering", `Rendu avec d’autres outils, il diffère : ${differences.join(" ; ")}.`)];
  }
  const findings: Finding[] = [];
  let same = await isSameFile(delivered.pdf, fresh.pdf, differences);
  if (!same && differences.length === 0) {
    // A browser on a busy machine may number what nobody sees otherwise, once in many times: a forgery differs each time.
    const second = await render(record.folder, choices);
    if (typeof second !== "string") fresh = second;
    same = await isSameFile(delivered.pdf, fresh.pdf, differences);
  }
  if (!same) {
    const where = differences.length === 0 ? "des octets que le texte ne montre pas" : differences.join(" ; ");
    findings.push(wrongReport("report-rendering", `Rendu de nouveau avec les mêmes outils, il diffère : ${where}.`));
  }
  if (html !== undefined && !html.equals(fresh.html))
    findings.push(wrongReport("report-rendering", "Rendue de nouveau avec les mêmes outils, la page diffère.", PAGE));
  return findings;
}

/** A signed report begins with the unsigned one; what follows must be a signature that covers all, and change nothing that is read. */
async function isSameFile(delivered: Buffer, fresh: Buffer, differences: readonly string[]): Promise<boolean> {
  if (delivered.equals(fresh)) return true;
  if (differences.length > 0 || !delivered.subarray(0, fresh.length).equals(fresh)) return false;
  const signature = await readPdfSignature(delivered);
  return typeof signature === "object" && signature.valid;
}

function differencesOf(delivered: PdfReading, fresh: PdfReading): readonly string[] {
  const differences: string[] = [];
  const page = firstOther(textsOf(delivered), textsOf(fresh));
  if (delivered.pages.length === fresh.pages.length && page >= 0)
    differences.push(`le texte, à partir de la page ${page + 1}`);
  if (delivered.pages.length !== fresh.pages.length) {
    differences.push(
      ...(wholeText(delivered) === wholeText(fresh)
        ? []
        : [`le texte (${delivered.pages.length} pages au lieu de ${fresh.pages.length})`]),
    );
  }
  if (firstOther(delivered.structure, fresh.structure) >= 0)
    differences.push("la structure (titres, tableaux, figures)");
  const pictures = (reading: PdfReading) =>
    reading.pictures.map((each) => (each.type === "file" ? each.sha256 : each.stream.data.toString("latin1")));
  if (firstOther(pictures(delivered), pictures(fresh)) >= 0) differences.push("les images ou leur ordre");
  return differences;
}

/** Where lines end is the printer's business. */
function textsOf({ pages }: PdfReading): readonly string[] {
  return pages.map((text) => text.replace(/\s+/g, ""));
}

/** Where pages end, too: their numbers in the tables of contents are then left out, and with them all short ones. */
function wholeText(reading: PdfReading): string {
  return textsOf(reading)
    .join("")
    .replace(/\d{1,4}/g, "");
}

function firstOther<T>(a: readonly T[], b: readonly T[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) if (a[at] !== b[at]) return at;
  return -1;
}

/** Whether another engine or other templates wrote the report's sentences. */
function isOtherAuthor(recorded: RecordedTools, here: RecordedTools): boolean {
  return recorded.templates !== here.templates || recorded.engine !== here.engine;
}

/** Neither proven nor refuted: it may say the same in other words. */
function notComparable(differences: readonly string[]): Finding {
  return {
    rule: "report-not-comparable",
    severity: "warning",
    subject: REPORT,
    text: `Rendu par une autre version de Constat ou avec d’autres gabarits, il diffère d’un rendu d’ici : ${differences.join(" ; ")}. Ses images, la racine des preuves et ses registres sont contrôlés, le reste de son texte ne l’est pas.`,
    remedy:
      "Donnez avec --templates les gabarits du projet, ou auditez avec la version de Constat qui l’a rendu ; sinon, rendez-le de nouveau avec « constat report ».",
  };
}

function otherTools(recorded: RecordedTools): Finding {
  return {
    rule: "report-tools",
    severity: "note",
    subject: REPORT,
    text: `Rendu avec d’autres outils que ceux d’ici (${recorded.words}), il n’est pas comparable octet à octet : texte, structure et figures sont les mêmes.`,
    remedy: "Pour comparer les octets, auditez avec cette version de Constat, de Node, du navigateur et des polices.",
  };
}

interface RecordedTools extends RenderingChoices {
  /** The tools in words. */
  readonly words: string;
  readonly engine: unknown;
  /** Digest of the templates' texts. */
  readonly templates: unknown;
}

/** What a report says of its tools; a list that cannot be read tells nothing. */
function toolsOf(text: string): RecordedTools {
  try {
    const tools = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const limit = tools["htmlLimitBytes"];
    return {
      words: `Constat ${String(tools["engine"])}, ${String(tools["browser"])}, Node ${String(tools["node"])}`,
      engine: tools["engine"],
      templates: tools["templates"],
      htmlLimitBytes: typeof limit === "number" && limit >= 0 ? limit : undefined,
    };
  } catch {
    return { words: "liste illisible", engine: undefined, templates: undefined, htmlLimitBytes: undefined };
  }
}

function notCompared(why: string): Finding {
  return {
    rule: "report-not-compared",
    severity: "note",
    subject: REPORT,
    text: `Il n’a pas pu être rendu de nouveau pour être comparé : ${why}`,
    remedy: "Lancez constat doctor : il dit ce qui manque pour rendre un rapport.",
  };
}
