import { PDFDocument, PDFHexString, type PDFObject } from "@cantoo/pdf-lib";
import { sha256 } from "../base/digest.ts";
import type { Report } from "../model/report.ts";

/** The printed file with title, authors, dates and identity taken from the run, so that printing again gives the same bytes. */
export async function describePdf(pdf: Uint8Array, report: Report): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { identity, run, environment } = report;
  document.setTitle(identity.title);
  document.setAuthor(identity.authors.join(", "));
  document.setSubject([identity.subtitle, identity.reference].filter(Boolean).join(" – "));
  document.setKeywords([run.id, ...environment.nodes.map(({ node }) => node)]);
  document.setCreator(environment.engine);
  document.setCreationDate(new Date(run.endedAt));
  document.setModificationDate(new Date(run.endedAt));
  const id: PDFObject = PDFHexString.of(sha256(`${run.id}\n${report.integrity.head}`).slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  // A later stage signs by appending to the file, for which its cross-reference table must be a plain one.
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}
