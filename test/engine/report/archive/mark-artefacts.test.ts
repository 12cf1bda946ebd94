import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markArtefacts } from "../../../../engine/report/archive/mark-artefacts.ts";

describe("markArtefacts()", () => {
  it.each([
    ["text that no tag claims", "BT\n/F1 9 Tf\n<0041> Tj\nET", "BT\n/F1 9 Tf\n/Artifact BMC\n<0041> Tj\nEMC\nET"],
    ["a path, with the orders that build it", "1 w\n0 0 m\n9 9 l\nS", "1 w\n/Artifact BMC\n0 0 m\n9 9 l\nS\nEMC"],
    [
      "several in a row as one",
      "0 0 1 1 re\nf\n.5 g\n2 2 1 1 re\nf",
      "/Artifact BMC\n0 0 1 1 re\nf\n.5 g\n2 2 1 1 re\nf\nEMC",
    ],
    [
      "none over the border of a saved state",
      "q\n0 0 1 1 re\nf\nQ\n/X1 Do",
      "q\n/Artifact BMC\n0 0 1 1 re\nf\nEMC\nQ\n/Artifact BMC\n/X1 Do\nEMC",
    ],
  ])("marks %s", (_what, content, marked) => {
    expect(markArtefacts(content)).toBe(marked);
  });

  it.each([
    ["what is tagged", "/P <</MCID 0>> BDC\nBT\n<0041> Tj\nET\nEMC"],
    ["a clip", "0 0 9 9 re\nW* n"],
    ["a word inside a string", "/P BMC\n(a \\) S (f) b) Tj\nEMC"],
    ["nothing at all", ""],
  ])("leaves %s as it is", (_what, content) => {
    expect(markArtefacts(content)).toBe(content);
  });

  it("begins as many marks as it ends, and changes nothing else", () => {
    const order = fc.constantFrom(
      "q",
      "Q",
      "0 0 1 1 re",
      "f",
      "S",
      "n",
      "(x) Tj",
      "/X Do",
      "BT",
      "ET",
      "/P BMC\n(y) Tj\nEMC",
    );
    fc.assert(
      fc.property(fc.array(order), (orders) => {
        const content = orders.join("\n");
        const marked = markArtefacts(content);
        expect(marked.split("BMC").length).toBe(marked.split("EMC").length);
        expect(marked.replaceAll("/Artifact BMC\n", "").length).toBeGreaterThanOrEqual(content.length);
      }),
    );
  });
});
