import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from "@cantoo/pdf-lib";
import { ProblemError } from "../base/problem.ts";
import { detachedCms, type SignerCertificate } from "../evidence/seal/index.ts";

/** Room for the signature with a chain of certificates; what is left is zeros. */
const ROOM = 16_384;
/** Numbers as long as a file may be, replaced once it is known where the signature stands. */
const PLACES = [0, 9_999_999_999, 9_999_999_999, 9_999_999_999] as const;

export interface PdfSignature {
  readonly signer: SignerCertificate;
  /** Instant that the signature claims; a time stamp proves it. */
  readonly at: Date;
  readonly reason: string;
}

/**
 * Signs a PDF (PAdES B-B) by an incremental update: the unsigned file is the beginning of the signed one, so that its pages, tags and
 * attachments stay as they were. The signature has no picture. Throws SIGN_FAILED.
 */
export async function signPdf(pdf: Uint8Array, signature: PdfSignature): Promise<Uint8Array> {
  const prepared = Buffer.from(await withField(pdf, signature));
  if (!prepared.subarray(0, pdf.length).equals(pdf)) throw failed("la mise à jour a réécrit le fichier");
  const contents = prepared.lastIndexOf(`<${"0".repeat(ROOM * 2)}>`);
  const range = prepared.lastIndexOf("/ByteRange");
  if (contents < pdf.length || range < pdf.length) throw failed("la place de la signature n’est pas retrouvée");
  const after = contents + ROOM * 2 + 2;
  const places = [0, contents, after, prepared.length - after];
  const closing = prepared.indexOf("]", range);
  const text = `/ByteRange [${places.join(" ")}`.padEnd(closing - range, " ");
  if (text.length !== closing - range) throw failed("le fichier est trop grand");
  prepared.write(text, range, "latin1");
  const cms = detachedCms([prepared.subarray(0, contents), prepared.subarray(after)], signature.signer);
  if (cms.length > ROOM) throw failed("la chaîne de certificats est trop longue");
  prepared.write(cms.toString("hex"), contents + 1, "latin1");
  return prepared;
}

/** The file with an empty signature field at its end. */
async function withField(pdf: Uint8Array, { at, reason, signer }: PdfSignature): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, forIncrementalUpdate: true });
  const snapshot = document.takeSnapshot();
  const { context } = document;
  const [page] = document.getPages();
  if (page === undefined) throw failed("le document n’a pas de page");
  const range = PDFArray.withContext(context);
  for (const place of PLACES) range.push(PDFNumber.of(place));
  const dictionary = context.obj({ Type: "Sig", Filter: "Adobe.PPKLite", SubFilter: "ETSI.CAdES.detached" });
  dictionary.set(PDFName.of("ByteRange"), range);
  dictionary.set(PDFName.of("Contents"), PDFHexString.of("0".repeat(ROOM * 2)));
  dictionary.set(PDFName.of("M"), PDFString.fromDate(at));
  dictionary.set(PDFName.of("Reason"), PDFHexString.fromText(reason));
  dictionary.set(PDFName.of("Name"), PDFHexString.fromText(signer.name));
  // A point outside the page needs no appearance, and is no content that a reader would have to be told of.
  const widget = context.obj({ Type: "Annot", Subtype: "Widget", FT: "Sig", F: 132, Rect: [0, 0, 0, 0], P: page.ref });
  widget.set(PDFName.of("T"), PDFString.of("Signature1"));
  widget.set(PDFName.of("TU"), PDFHexString.fromText("Signature du rapport"));
  widget.set(PDFName.of("V"), context.register(dictionary));
  const field = context.register(widget);
  const annotations = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray) ?? PDFArray.withContext(context);
  page.node.set(PDFName.of("Annots"), PDFArray.withContext(context));
  const list = page.node.lookup(PDFName.of("Annots"), PDFArray);
  for (const each of annotations.asArray()) list.push(each);
  list.push(field);
  page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
  const form = document.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict) ?? context.obj({});
  const fields = form.lookupMaybe(PDFName.of("Fields"), PDFArray) ?? PDFArray.withContext(context);
  fields.push(field);
  form.set(PDFName.of("Fields"), fields);
  form.set(PDFName.of("SigFlags"), PDFNumber.of(3));
  document.catalog.set(PDFName.of("AcroForm"), form);
  for (const ref of [page.ref, rootOf(document)]) snapshot.markRefForSave(ref);
  const added = await document.saveIncremental(snapshot, {
    useObjectStreams: false,
    updateFieldAppearances: false,
  } as never);
  return Buffer.concat([pdf, added]);
}

function rootOf(document: PDFDocument): PDFRef {
  const root = document.context.trailerInfo.Root;
  if (root instanceof PDFRef) return root;
  throw failed("le catalogue du document n’est pas un objet indirect");
}

function failed(reason: string): ProblemError {
  return new ProblemError("SIGN_FAILED", `Le rapport PDF n’a pas pu être signé : ${reason}.`, {
    scope: "environment",
    hint: "Rendez le rapport de nouveau avec « constat report », puis scellez.",
  });
}
