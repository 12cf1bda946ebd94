import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef } from "@cantoo/pdf-lib";

/** Where every link target of a printed report landed. */
export interface Destinations {
  /** Page number from 1, by anchor. */
  readonly pages: ReadonlyMap<string, number>;
  readonly count: number;
}

/** Reads the named destinations of a PDF that Chromium printed. */
export async function readDestinations(pdf: Uint8Array): Promise<Destinations> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const numbers = new Map(document.getPages().map((page, index) => [page.ref.toString(), index + 1]));
  const dests = document.catalog.lookupMaybe(PDFName.of("Dests"), PDFDict);
  const pages = new Map<string, number>();
  for (const [name, value] of dests?.entries() ?? []) {
    const destination = document.context.lookupMaybe(value, PDFArray);
    const page = destination?.get(0);
    const number = page instanceof PDFRef ? numbers.get(page.toString()) : undefined;
    if (number !== undefined) pages.set(name.decodeText(), number);
  }
  return { pages, count: document.getPageCount() };
}
