import { decodePDFRawStream, type PDFRawStream } from "@cantoo/pdf-lib";

/** The content of a stream without its filters; undefined for those that we cannot undo (pictures, signatures). */
export function decoded(stream: PDFRawStream): Buffer | undefined {
  try {
    return Buffer.from(decodePDFRawStream(stream).decode());
  } catch {
    return undefined;
  }
}
