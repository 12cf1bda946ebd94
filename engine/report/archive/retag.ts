import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef } from "@cantoo/pdf-lib";

const S = PDFName.of("S");
const K = PDFName.of("K");
const P = PDFName.of("P");

/** Chromium's tags of PDF 2.0, and what a reader of PDF 1.7 takes them for. */
const ROLES = { Strong: "Span", Em: "Span", Aside: "Note", Title: "P", FENote: "Note", Sub: "Span" };

/** Brings the browser's tags into the shape that PDF/UA-1 asks for: bodies of list items, tables of contents, one figure a picture. */
export function retag(document: PDFDocument): void {
  const { context, catalog } = document;
  catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict).set(PDFName.of("RoleMap"), context.obj(ROLES));
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(P) === undefined) continue;
    if (object.get(S) === PDFName.of("L")) retagList(document, object);
    if (object.get(S) === PDFName.of("Figure") && object.get(PDFName.of("Alt")) === undefined) {
      // What wraps a picture is not a picture itself.
      if (kids(document, object).some(({ element }) => element?.get(S) === PDFName.of("Figure")))
        object.set(S, PDFName.of("Div"));
    }
  }
}

function retagList(document: PDFDocument, list: PDFDict): void {
  const items = kids(document, list).flatMap(({ ref, element }) =>
    element?.get(S) === PDFName.of("LI") && ref instanceof PDFRef ? [{ ref, element }] : [],
  );
  const leads = ({ element }: { readonly element: PDFDict }): boolean =>
    kids(document, element).every((kid) => kid.element?.get(S) === PDFName.of("Link"));
  const contents = items.length > 0 && items.every(leads);
  if (contents) list.set(S, PDFName.of("TOC"));
  for (const { ref, element } of items) {
    if (contents) element.set(S, PDFName.of("TOCI"));
    wrap(document, ref, element, contents ? "Reference" : "LBody");
  }
}

/** Puts the elements of an item that are no label into one of their own. */
function wrap(document: PDFDocument, ref: PDFRef, item: PDFDict, role: string): void {
  const { context } = document;
  const all = kids(document, item);
  const inside = all.filter(({ element }) => element !== undefined && !isPart(element));
  if (inside.length === 0) return;
  const wrapper = context.obj({ Type: "StructElem", S: role });
  wrapper.set(P, ref);
  wrapper.set(K, context.obj(inside.map(({ object }) => object)));
  const wrapperRef = context.register(wrapper);
  for (const { element } of inside) element?.set(P, wrapperRef);
  item.set(K, context.obj([...all.filter((kid) => !inside.includes(kid)).map(({ object }) => object), wrapperRef]));
}

function isPart(element: PDFDict): boolean {
  return ["Lbl", "LBody"].some((name) => element.get(S) === PDFName.of(name));
}

interface Kid {
  readonly object: PDFObject;
  readonly ref: PDFObject;
  /** Undefined for marked content and annotations. */
  readonly element: PDFDict | undefined;
}

function kids({ context }: PDFDocument, parent: PDFDict): readonly Kid[] {
  const value = context.lookup(parent.get(K));
  const objects = value instanceof PDFArray ? value.asArray() : [parent.get(K)].filter((kid) => kid !== undefined);
  return objects.map((object) => {
    const element = context.lookup(object);
    return { object, ref: object, element: element instanceof PDFDict && element.get(S) ? element : undefined };
  });
}
