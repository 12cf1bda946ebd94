import { createHash } from "node:crypto";
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";

/** A file that travels inside the report, so that a machine finds what a person reads. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly content: Uint8Array;
}

/** Embeds files as PDF/A-3 asks: each named in the catalogue and associated with the whole document as its data. */
export function attachFiles(document: PDFDocument, attachments: readonly Attachment[], date: Date): void {
  if (attachments.length === 0) return;
  const { context, catalog } = document;
  const sorted = attachments.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const specs = sorted.map(({ name, mediaType, description, content }) => {
    const stream = context.flateStream(content, {
      Type: "EmbeddedFile",
      Subtype: mediaType,
      Params: {
        Size: content.length,
        ModDate: PDFString.fromDate(date),
        CheckSum: PDFHexString.of(createHash("md5").update(content).digest("hex")),
      },
    });
    const file = context.register(stream);
    return context.register(
      context.obj({
        Type: "Filespec",
        F: PDFString.of(name),
        UF: PDFHexString.fromText(name),
        Desc: PDFHexString.fromText(description),
        AFRelationship: "Data",
        EF: { F: file, UF: file },
      }),
    );
  });
  const names = sorted.flatMap(({ name }, index) => [PDFHexString.fromText(name), specs[index] ?? context.obj(null)]);
  const tree = catalog.lookupMaybe(PDFName.of("Names"), PDFDict) ?? context.obj({});
  tree.set(PDFName.of("EmbeddedFiles"), context.register(context.obj({ Names: names })));
  catalog.set(PDFName.of("Names"), tree);
  catalog.set(PDFName.of("AF"), context.obj(specs));
}
