import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";

/** Gives each link its text, for those who hear the page. `texts` is by address, `#anchor` or a web address. */
export function nameLinks(document: PDFDocument, texts: ReadonlyMap<string, string>): void {
  const { context } = document;
  for (const page of document.getPages()) {
    const annotations = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
    for (const item of annotations?.asArray() ?? []) {
      const annotation = context.lookup(item);
      if (!(annotation instanceof PDFDict) || annotation.get(PDFName.of("Subtype")) !== PDFName.of("Link")) continue;
      const address = addressOf(document, annotation);
      annotation.set(PDFName.of("Contents"), PDFHexString.fromText(texts.get(address) || address));
    }
  }
}

function addressOf({ context }: PDFDocument, annotation: PDFDict): string {
  const action = annotation.lookupMaybe(PDFName.of("A"), PDFDict);
  const uri = action?.get(PDFName.of("URI"));
  if (uri instanceof PDFString || uri instanceof PDFHexString) return uri.decodeText();
  const destination = context.lookup(annotation.get(PDFName.of("Dest")) ?? action?.get(PDFName.of("D")));
  if (destination instanceof PDFName) return `#${destination.decodeText()}`;
  if (destination instanceof PDFString || destination instanceof PDFHexString) return `#${destination.decodeText()}`;
  return "";
}
