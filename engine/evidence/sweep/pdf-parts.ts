import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "@cantoo/pdf-lib";
import { decoded } from "./decoded-stream.ts";
import type { Opened, Part } from "./part.ts";
import { pdfText } from "./pdf-text.ts";

/** All that a PDF says: its bytes, its unpacked streams, the strings of its objects (alternatives, titles, links), the text of its pages. */
export async function pdfParts(bytes: Buffer): Promise<Opened> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, ignoreEncryption: true });
    return openedDocument(document, bytes);
  } catch {
    // A file that nobody can open may still be searched as it stands.
    return { plain: [{ where: "", bytes }], packed: [] };
  }
}

function openedDocument(document: PDFDocument, bytes: Buffer): Opened {
  const plain: Part[] = [{ where: "", bytes: withoutStreams(bytes) }];
  const packed: Part[] = [];
  const strings: string[] = [];
  for (const [reference, object] of document.context.enumerateIndirectObjects()) {
    collectStrings(object, strings);
    if (!(object instanceof PDFRawStream) || isPicture(object)) continue;
    const where = `objet ${reference.objectNumber}`;
    const content = decoded(object);
    if (content !== undefined) (isFile(object) ? packed : plain).push({ where, bytes: content });
  }
  collectStrings(document.context.trailerInfo.Info, strings);
  plain.push({ where: "textes et titres", bytes: Buffer.from(strings.join("\n"), "utf8") });
  plain.push({ where: "texte des pages", bytes: Buffer.from(pdfText(document), "utf8") });
  return { plain, packed };
}

function collectStrings(object: PDFObject | undefined, into: string[]): void {
  if (object instanceof PDFString || object instanceof PDFHexString) into.push(textOf(object));
  else if (object instanceof PDFName) into.push(object.decodeText());
  else if (object instanceof PDFArray) for (const each of object.asArray()) collectStrings(each, into);
  else if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      into.push(key.decodeText());
      collectStrings(value, into);
    }
  } else if (object instanceof PDFRawStream) collectStrings(object.dict, into);
}

function textOf(object: PDFString | PDFHexString): string {
  try {
    return object.decodeText();
  } catch {
    return object.asString();
  }
}

function isPicture({ dict }: PDFRawStream): boolean {
  return dict.get(PDFName.of("Subtype")) === PDFName.of("Image");
}

function isFile({ dict }: PDFRawStream): boolean {
  return dict.get(PDFName.of("Type")) === PDFName.of("EmbeddedFile");
}

/** The bytes between `stream` and `endstream` are packed: short secrets would be met there by chance. */
function withoutStreams(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", from)) {
    const end = bytes.indexOf("endstream", at);
    if (end < 0) break;
    kept.push(bytes.subarray(from, at));
    from = end + "endstream".length;
  }
  return Buffer.concat([...kept, bytes.subarray(from)]);
}
