import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";
import { sha256 } from "../../base/digest.ts";
import { pageTexts } from "../sweep/pdf-text.ts";
import type { PngStream } from "./png-stream.ts";

/** A picture of a PDF, and the page (from 1) that first names it; a JPEG by the digest of its bytes. */
export type PlacedPicture = { readonly page: number } & (
  | { readonly type: "pixels"; readonly stream: PngStream }
  | { readonly type: "file"; readonly sha256: string }
);

/** What a reader of a report gets from its PDF. */
export interface PdfReading {
  /** Text of each page without running heads and feet. */
  readonly pages: readonly string[];
  /** In the order of the pages, each once. */
  readonly pictures: readonly PlacedPicture[];
  /** Kinds of the structure's elements, in their order: headings, tables, figures … */
  readonly structure: readonly string[];
  /** Embedded files by name. */
  readonly attachments: ReadonlyMap<string, Buffer>;
}

/** Reads a report's pages, pictures, structure and attachments. Throws for a file that is no PDF. */
export async function readReportPdf(bytes: Uint8Array): Promise<PdfReading> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return {
    pages: pageTexts(document),
    pictures: picturesOf(document),
    structure: structureOf(document),
    attachments: attachmentsOf(document),
  };
}

function picturesOf(document: PDFDocument): readonly PlacedPicture[] {
  const seen = new Set<PDFObject>();
  return document.getPages().flatMap((page, index) => {
    const objects = page.node.Resources()?.lookupMaybe(PDFName.of("XObject"), PDFDict);
    return (objects?.values() ?? []).flatMap((value) => {
      const stream = document.context.lookup(value);
      if (!(stream instanceof PDFRawStream) || seen.has(stream) || nameAt(stream.dict, "Subtype") !== "Image")
        return [];
      seen.add(stream);
      return [{ page: index + 1, ...pictureOf(stream) }];
    });
  });
}

function pictureOf(stream: PDFRawStream): { type: "pixels"; stream: PngStream } | { type: "file"; sha256: string } {
  if (nameAt(stream.dict, "Filter") !== "FlateDecode") return { type: "file", sha256: sha256(stream.contents) };
  const mask = stream.dict.lookup(PDFName.of("SMask"));
  const picture: PngStream = {
    width: numberAt(stream.dict, "Width"),
    height: numberAt(stream.dict, "Height"),
    channels: nameAt(stream.dict, "ColorSpace") === "DeviceGray" ? 1 : 3,
    data: Buffer.from(stream.contents),
    predicted: stream.dict.lookup(PDFName.of("DecodeParms")) instanceof PDFDict,
  };
  return {
    type: "pixels",
    stream: mask instanceof PDFRawStream ? { ...picture, alpha: Buffer.from(mask.contents) } : picture,
  };
}

/** Wrappers without a meaning of their own are left out: another browser may nest them otherwise. */
const MEANT = /^(?:H[1-6]|Figure|Table|TH|TD|Caption|L|LI|P|Code|TOC|TOCI|Note|Document)$/;

function structureOf({ context, catalog }: PDFDocument): readonly string[] {
  const kinds: string[] = [];
  const walk = (object: PDFObject | undefined): void => {
    const found = object instanceof PDFRef ? context.lookup(object) : object;
    if (found instanceof PDFArray) for (const each of found.asArray()) walk(each);
    if (!(found instanceof PDFDict)) return;
    const kind = nameAt(found, "S");
    if (kind !== undefined && MEANT.test(kind)) kinds.push(kind);
    walk(found.get(PDFName.of("K")));
  };
  walk(catalog.lookupMaybe(PDFName.of("StructTreeRoot"), PDFDict)?.get(PDFName.of("K")));
  return kinds;
}

function attachmentsOf({ context, catalog }: PDFDocument): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const each of catalog.lookupMaybe(PDFName.of("AF"), PDFArray)?.asArray() ?? []) {
    const spec = context.lookup(each);
    if (!(spec instanceof PDFDict)) continue;
    const name = spec.lookup(PDFName.of("UF"));
    const stream = spec.lookupMaybe(PDFName.of("EF"), PDFDict)?.lookup(PDFName.of("F"));
    if ((name instanceof PDFHexString || name instanceof PDFString) && stream instanceof PDFRawStream)
      files.set(name.decodeText(), Buffer.from(decodePDFRawStream(stream).decode()));
  }
  return files;
}

function nameAt(dict: PDFDict, key: string): string | undefined {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
}

function numberAt(dict: PDFDict, key: string): number {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFNumber ? value.asNumber() : 0;
}
