import { PDFDocument, PDFHexString, PDFName, type PDFObject, PDFRawStream, PDFString } from "@cantoo/pdf-lib";
import { sha256 } from "../../base/digest.ts";
import type { Report } from "../../model/report.ts";
import { type Attachment, attachFiles } from "./attach-files.ts";
import { markPages } from "./mark-pages.ts";
import { nameLinks } from "./name-links.ts";
import { nameOutline } from "./name-outline.ts";
import { numberNodes } from "./number-nodes.ts";
import { retag } from "./retag.ts";
import { srgbProfile } from "./srgb-profile.ts";
import { swapPictures } from "./swap-pictures.ts";
import { xmpPacket } from "./xmp.ts";

export interface FinishRequest {
  /** As the browser printed it, with placeholders for pictures. */
  readonly pdf: Uint8Array;
  readonly report: Report;
  /** Those that stand behind a placeholder. */
  readonly pictures: readonly Uint8Array[];
  /** Text of each link by its address. */
  readonly links: ReadonlyMap<string, string>;
  /** Texts of the headings. */
  readonly headings: readonly string[];
  readonly attachments: readonly Attachment[];
}

/**
 * The report as it is delivered: original pictures, PDF/A-3a and PDF/UA-1 in one file, data embedded. Title, authors, dates and identity come from
 * the run, so that the same run printed by the same browser gives the same bytes. Throws ProblemError REPORT_PICTURES.
 */
export async function finishPdf({
  pdf,
  report,
  pictures,
  links,
  headings,
  attachments,
}: FinishRequest): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  swapPictures(document, pictures);
  retag(document);
  numberNodes(document);
  markPages(document);
  nameLinks(document, links);
  nameOutline(document, headings);
  const date = new Date(Math.floor(Date.parse(report.run.endedAt) / 1_000) * 1_000);
  attachFiles(document, attachments, date);
  describe(document, report, date);
  defineColours(document);
  const id: PDFObject = PDFHexString.of(sha256(`${report.run.id}\n${report.integrity.head}`).slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  // A later stage signs by appending to the file, for which its cross-reference table must be a plain one.
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}

function describe(document: PDFDocument, { identity, run, environment, language }: Report, date: Date): void {
  const subject = [identity.subtitle, identity.reference].filter(Boolean).join(" – ");
  const keywords = [run.id, ...environment.nodes.map(({ node }) => node)].join(" ");
  document.setTitle(identity.title, { showInWindowTitleBar: true });
  document.setAuthor(identity.authors.join(", "));
  document.setSubject(subject);
  document.setKeywords([keywords]);
  document.setCreator(environment.engine);
  document.setCreationDate(date);
  document.setModificationDate(date);
  document.setLanguage(language);
  const packet = xmpPacket({
    ...{ title: identity.title, authors: identity.authors, subject, keywords, language },
    creator: environment.engine,
    producer: document.getProducer() ?? "",
    date: date.toISOString().replace(/\.\d+Z$/, "Z"),
  });
  const { context, catalog } = document;
  // Readers that know no PDF search the file for this packet: it is left uncompressed.
  const stream = PDFRawStream.of(context.obj({ Type: "Metadata", Subtype: "XML" }), Buffer.from(packet, "utf8"));
  catalog.set(PDFName.of("Metadata"), context.register(stream));
}

function defineColours({ context, catalog }: PDFDocument): void {
  const profile = context.register(context.flateStream(srgbProfile(), { N: 3 }));
  const intent = context.obj({
    Type: "OutputIntent",
    S: "GTS_PDFA1",
    OutputConditionIdentifier: PDFString.of("sRGB IEC61966-2.1"),
    Info: PDFString.of("sRGB IEC61966-2.1"),
    DestOutputProfile: profile,
  });
  catalog.set(PDFName.of("OutputIntents"), context.obj([intent]));
}
