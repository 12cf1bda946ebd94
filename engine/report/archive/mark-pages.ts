import {
  decodePDFRawStream,
  PDFArray,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from "@cantoo/pdf-lib";
import { markArtefacts } from "./mark-artefacts.ts";

/** Marks what no tag claims on every page as an artefact. */
export function markPages(document: PDFDocument): void {
  const { context } = document;
  for (const page of document.getPages()) {
    const contents = page.node.get(PDFName.of("Contents"));
    const text = textOf(document, contents);
    page.node.set(
      PDFName.of("Contents"),
      context.register(context.flateStream(Buffer.from(markArtefacts(text), "latin1"))),
    );
    if (contents !== undefined) remove(document, contents);
  }
}

function textOf({ context }: PDFDocument, contents: PDFObject | undefined): string {
  const value = context.lookup(contents);
  const streams = value instanceof PDFArray ? value.asArray().map((item) => context.lookup(item)) : [value];
  return streams
    .flatMap((stream) =>
      stream instanceof PDFRawStream ? [Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1")] : [],
    )
    .join("\n");
}

function remove({ context }: PDFDocument, contents: PDFObject): void {
  for (const ref of contents instanceof PDFArray ? contents.asArray() : [contents])
    if (ref instanceof PDFRef) context.delete(ref);
}
