import { PDFDocument, PDFString } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import { numberNodes } from "../../../../engine/report/archive/number-nodes.ts";

/** A file whose elements are named from a number on, as the browser does: in a tree of names, and where cells name their headers. */
async function named(first: number): Promise<string> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const name = (at: number) => PDFString.of(`node${String(first + 3 * at).padStart(8, "0")}`);
  const cell = context.register(
    context.obj({ S: "TD", ID: name(2), A: [{ O: "Table", Headers: [name(1), name(0)] }] }),
  );
  const tree = context.obj({ Limits: [name(0), name(2)], Names: [name(0), name(1), name(2), cell] });
  catalog.set(
    context.obj("StructTreeRoot" as never) as never,
    context.obj({ IDTree: tree, Alt: PDFString.of("node") }),
  );
  numberNodes(document);
  return Buffer.from(await document.save({ useObjectStreams: false })).toString("latin1");
}

describe("numberNodes()", () => {
  it("gives the same file whatever the browser had counted before", async () => {
    const text = await named(291);
    expect(text).toBe(await named(1_040));
    expect(text).toContain("/Headers [ (node00000002) (node00000001) ]");
    expect(text).toMatch(/\/Limits \[ \(node00000001\) \(node00000003\) \]/);
    expect(text).toContain("(node)");
  });
});
