import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { harmless } from "../../../../engine/base/harmless.ts";
import { columnsOf, cutText, fitText, wrapText } from "../../../../engine/cli/step/fit-text.ts";

describe("text that has to fit a screen", () => {
  test.each([
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["漢字", 4],
    ["✅", 2],
    ["— « ’ │", 7],
  ])("columnsOf() counts %j as %i columns", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  test("wrapText() never gives a wider line, and loses no word", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 8, max: 60 }),
        (given, columns) => {
          const text = harmless(given);
          const lines = wrapText(text, columns);
          expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(columns);
          expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
        },
      ),
    );
  });

  test("cutText() and fitText() keep to their columns", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
        expect(columnsOf(cutText(text, columns))).toBeLessThanOrEqual(columns);
        expect(columnsOf(fitText(text, columns))).toBe(columns);
      }),
    );
  });

  test("harmless() leaves out what would move the cursor or hide text", () => {
    expect(harmless("a\x1b[2Jb\x07c\td")).toBe("ab c    d");
  });
});
