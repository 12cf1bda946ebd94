import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importReport } from "../../../engine/import/import-report.ts";
import { isBlank } from "../../../engine/import/source-line.ts";
import { PLACEHOLDER } from "../../../engine/import/split-placeholders.ts";
import { letters, readLetters } from "../../support/read-letters.ts";

const imported = (text: string) => importReport(text, { markdown: false, title: "Rapport" });

const nasty = fc.constantFrom(
  "# dièse",
  "> cité",
  "* étoile",
  "- tiret",
  "    en retrait",
  "        plus loin",
  "1. un",
  "2. deux",
  "1986. année",
  "```",
  "~~~ x",
  "<b>gras</b>",
  "&copy; &#65;",
  "a_b_ _c_",
  "**fort**",
  "[a]: b",
  "[a](b) ![c](d)",
  "C:\\*\\",
  "| a | b |",
  "a\tb",
  "+ plus",
  "===",
  "---",
  "[ Capture : vue ]",
  "    [ Capture : autre vue ]",
  "fin de phrase [ Capture : x ]",
  "1.1. Section",
  "2. Chapitre deux",
  "2.1. Début",
  "$ pvecm status",
  "ceph -s",
  "colonne     autre     encore",
  "http://exemple.org/a_b",
  "a: b",
  "\u00a0\u00a0insécable",
  "1) paren",
  "{{x}}",
  "`code` et `",
);
const line = fc.oneof(
  nasty,
  fc.constant(""),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);

describe("nothing of a report is lost", () => {
  it("every line that is not named as left stands in a chapter, in order", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const source = `1. Début\n1.1. Premier\n\nTexte.\n\n${lines.filter((text) => !/^\s*o\s{2,}/.test(text)).join("\n")}`;
        const report = imported(source);
        if (report.secrets.length > 0) return;
        const gone = new Set(report.left.map(({ number }) => number));
        const written = source
          .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
          .filter((text, at) => !isBlank(text) && !gone.has(at + 1));
        const said = report.chapters.map(({ text }) => readLetters(text)).join("");
        const numbered = (text: string) => text.replace(/\((\d+)\) ?\]/g, "]");
        const out = letters(numbered(said));
        expect(out.replace(/\d/g, "")).toBe(
          letters(written.join("\n").replace(/\[\s*Capture\s*:\s*\]/gi, "")).replace(/\d/g, ""),
        );
      }),
      { numRuns: 400 },
    );
  });

  it("as many placeholders come out as stand in it", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const source = `1. Début\n\n${lines.join("\n\n")}`;
        const { chapters } = imported(source);
        const count = chapters.reduce((sum, { placeholders }) => sum + placeholders.length, 0);
        expect(count).toBe([...source.matchAll(PLACEHOLDER)].length);
      }),
      { numRuns: 300 },
    );
  });
});
