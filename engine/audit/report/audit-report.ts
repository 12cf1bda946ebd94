import type { RunRecord } from "../../evidence/index.ts";
import { type PdfReading, readReportPdf } from "../../evidence/pdf/index.ts";
import { evidenceRoot } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import { auditPictures } from "./pictures.ts";
import { auditRegisters } from "./registers.ts";
import { auditRendering, type Render } from "./rendering.ts";
import { REPORT, TOOLS, wrongReport } from "./wrong-report.ts";

/** Whether the report shows the evidence as it is: pictures, evidence root, registers; and, where it can be rendered again, all the rest. */
export async function auditReport(record: RunRecord, render: Render | undefined): Promise<readonly Finding[]> {
  const pdf = await record.read(REPORT).catch(() => undefined);
  if (pdf === undefined) return [];
  const reading = await readReportPdf(pdf).catch(() => undefined);
  if (reading === undefined) return [wrongReport("report-unreadable", "Ce fichier n’est pas un PDF qui se lise.")];
  // A report by other hands is held to nothing but its digests.
  const tools = reading.attachments.get(TOOLS)?.toString("utf8");
  if (tools === undefined) return [unknownTools()];
  return [
    ...(await auditPictures(record, reading)),
    ...(await auditRoot(record, reading)),
    ...auditRegisters(record.events, reading),
    ...(render === undefined ? [] : await auditRendering(record, { pdf, reading, tools }, render)),
  ];
}

async function auditRoot({ folder }: RunRecord, { pages }: PdfReading): Promise<readonly Finding[]> {
  const root = await evidenceRoot(folder);
  // Digests are printed with places where a line may end.
  if (pages.some((text) => text.replace(/\s+/g, "").includes(root))) return [];
  return [wrongReport("report-root", `La racine des preuves qui y est imprimée n’est pas celle du dossier (${root}).`)];
}

function unknownTools(): Finding {
  return {
    rule: "report-tools",
    severity: "note",
    subject: REPORT,
    text: "Il ne dit pas avec quels outils Constat l’aurait rendu : seules ses empreintes en répondent.",
    remedy: "Rendez-le de nouveau avec « constat report » pour que l’audit le compare aux preuves.",
  };
}
