import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFString } from "@cantoo/pdf-lib";

const NODE = /^node\d{8}$/;

/**
 * Numbers the structure's elements anew, from one and in their order. The browser names them after its own count of nodes, which is another
 * one now and then: the same page would give another file.
 */
export function numberNodes({ context }: PDFDocument): void {
  const found = new Set<string>();
  const objects = context.enumerateIndirectObjects().map(([, object]) => object);
  for (const object of objects)
    visit(object, (name) => {
      found.add(name);
      return undefined;
    });
  const numbers = new Map([...found].sort().map((name, index) => [name, `node${String(index + 1).padStart(8, "0")}`]));
  for (const object of objects) visit(object, (name) => numbers.get(name));
}

/** Calls back for each name of a node below an object, and puts what it gives in its place. */
function visit(object: PDFObject, change: (name: string) => string | undefined): void {
  const renamed = (value: PDFObject): PDFString | undefined => {
    const name = value instanceof PDFString ? value.asString() : "";
    const other = NODE.test(name) ? change(name) : undefined;
    return typeof other === "string" ? PDFString.of(other) : undefined;
  };
  if (object instanceof PDFArray) {
    object.asArray().forEach((value, index) => {
      const other = renamed(value);
      if (other === undefined) visit(value, change);
      else object.set(index, other);
    });
  } else if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      const other = renamed(value);
      if (other === undefined) visit(value, change);
      else object.set(key, other);
    }
  }
}
