import { decodePDFRawStream, type PDFDocument, PDFName, PDFNumber, PDFRawStream } from "@cantoo/pdf-lib";
import { sha256 } from "../../base/digest.ts";
import { ProblemError } from "../../base/problem.ts";
import { type PngStream, pngStream } from "../../evidence/pdf/index.ts";
import { placeholderFor } from "./placeholders.ts";

/** More than the sixteen pixels of a placeholder can ever need, compressed or not. */
const PLACEHOLDER_BYTES = 512;

/**
 * Puts each picture in the place of its placeholder, pixel by pixel as it was kept. Throws ProblemError REPORT_PICTURES when one is missing, or one
 * is asked for that nobody gave.
 */
export function swapPictures(document: PDFDocument, pictures: readonly Uint8Array[]): void {
  const wanted = new Map(pictures.map((picture) => [sha256(picture), picture]));
  const found = new Set<string>();
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.contents.length > PLACEHOLDER_BYTES) continue;
    if (object.dict.get(PDFName.of("Subtype")) !== PDFName.of("Image")) continue;
    const digest = placeholderFor(decodePDFRawStream(object).decode());
    if (digest === undefined) continue;
    const picture = wanted.get(digest);
    if (picture === undefined) throw mismatch(`l’image ${digest} n’est pas de celles du rapport`);
    document.context.assign(ref, toImage(document, pngStream(picture)));
    found.add(digest);
  }
  if (found.size !== wanted.size) throw mismatch(`${found.size} images posées pour ${wanted.size} attendues`);
}

function toImage(
  { context }: PDFDocument,
  { width, height, channels, data, predicted, alpha }: PngStream,
): PDFRawStream {
  const dict = context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    ColorSpace: channels === 1 ? "DeviceGray" : "DeviceRGB",
    BitsPerComponent: 8,
    Filter: "FlateDecode",
  });
  dict.set(PDFName.of("Length"), PDFNumber.of(data.length));
  if (predicted)
    dict.set(
      PDFName.of("DecodeParms"),
      context.obj({ Predictor: 15, Colors: channels, BitsPerComponent: 8, Columns: width }),
    );
  if (alpha !== undefined) {
    const mask: PngStream = { width, height, channels: 1, data: alpha, predicted: false };
    dict.set(PDFName.of("SMask"), context.register(toImage({ context } as PDFDocument, mask)));
  }
  return PDFRawStream.of(dict, data);
}

function mismatch(what: string): ProblemError {
  return new ProblemError("REPORT_PICTURES", `Les images du rapport ne sont pas toutes à leur place : ${what}.`, {
    scope: "internal",
    hint: "Un gabarit qui montre une image deux fois ou la cache en est la cause probable ; sinon signalez ce cas avec le dossier d’exécution.",
  });
}
