import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";

/** Gives bookmarks the whole text of their headings: the browser loses the space at which a heading was broken over two lines. */
export function nameOutline(document: PDFDocument, headings: readonly string[]): void {
  const known = new Map(headings.map((heading) => [bare(heading), heading]));
  const first = document.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict);
  if (first !== undefined) walk(first, known);
}

function walk(parent: PDFDict, known: ReadonlyMap<string, string>): void {
  for (let item = parent.lookupMaybe(PDFName.of("First"), PDFDict); item !== undefined; ) {
    const title = item.lookup(PDFName.of("Title"));
    if (title instanceof PDFString || title instanceof PDFHexString) {
      const heading = known.get(bare(title.decodeText()));
      if (heading !== undefined) item.set(PDFName.of("Title"), PDFHexString.fromText(heading));
    }
    walk(item, known);
    item = item.lookupMaybe(PDFName.of("Next"), PDFDict);
  }
}

function bare(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/g, "");
}
