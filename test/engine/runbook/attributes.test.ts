import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Attribute, formatAttributes, parseAttributes } from "../../../engine/runbook/attributes.ts";

const name = fc.stringMatching(/^[\p{L}\p{N}_.:-]{1,12}$/u);
const key = fc.stringMatching(/^[\p{L}_][\p{L}\p{N}_.:-]{0,10}$/u);
const value = fc
  .string({ unit: "grapheme", minLength: 1 })
  .filter((text) => text.trim() !== "" && !/[\r\n]/.test(text));
const written = fc.oneof(
  fc.record({ type: fc.constant("id" as const), name }),
  fc.record({ type: fc.constant("class" as const), name }),
  fc.record({ type: fc.constant("word" as const), key }),
  fc.record({ type: fc.constant("pair" as const), key, value }),
);

describe("parseAttributes()", () => {
  test("reads what formatAttributes() wrote, letter for letter", () => {
    fc.assert(
      fc.property(fc.array(written), (list) => {
        const attributes = list.map((one): Attribute => ({ ...one, offset: 0 }));
        const { attributes: read, problems } = parseAttributes(formatAttributes(attributes));
        expect(problems).toEqual([]);
        expect(read.map((one) => ({ ...one, offset: 0 }))).toEqual(attributes);
      }),
    );
  });

  test("gives each attribute the offset at which it is written", () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1 }), (list) => {
        const text = formatAttributes(list.map((one): Attribute => ({ ...one, offset: 0 })));
        for (const attribute of parseAttributes(text).attributes) {
          const mark = { id: "#", class: ".", word: "", pair: "" }[attribute.type];
          expect(text.slice(attribute.offset)).toMatch(
            new RegExp(`^${RegExp.escape(mark + ("name" in attribute ? attribute.name : attribute.key))}`),
          );
        }
      }),
    );
  });

  test("never throws, always ends, and places each problem inside the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."{}#.=\"'\\ ab“”«»\u00a0-é") }), (rest) => {
        const text = `{${rest}`;
        for (const problem of parseAttributes(text).problems) {
          expect(problem.offset).toBeGreaterThanOrEqual(0);
          expect(problem.offset).toBeLessThanOrEqual(text.length);
          expect(problem.remedy).not.toBe("");
        }
      }),
    );
  });

  test.each([
    ["{", 0, /pas fermée/],
    ["{#a .b", 0, /pas fermée/],
    ["{#}", 1, /illisible : « # »/],
    ["{. x=1}", 1, /illisible : « \. »/],
    ["{=1}", 1, /illisible : « =1 »/],
    ["{k=}", 1, /valeur vide/],
    ["{k= l=1}", 1, /valeur vide/],
    ['{k=""}', 1, /valeur vide/],
    ['{k="a}', 3, /pas fermé/],
    ["{k='a\"}", 3, /pas fermé/],
    ['{k="a"b}', 1, /illisible/],
    ["{k={a}}", 3, /accolade ou un guillemet/],
    ["{k=a'b}", 3, /accolade ou un guillemet/],
    ["{k=“a b”}", 3, /typographiques/],
    ["{k=« a »}", 3, /typographiques/],
    ["{#a} suite", 5, /après les attributs : « suite »/],
    ["{#a}}", 4, /après les attributs : « } »/],
  ])("says of %s, at offset %i, what is wrong", (text, offset, reason) => {
    const { problems } = parseAttributes(text);
    expect(problems.map((problem) => problem.offset)).toEqual([offset]);
    expect(problems[0]?.reason).toMatch(reason);
  });

  test("goes on after a piece it cannot read", () => {
    const { attributes } = parseAttributes('{! #a k={{x}} .b l="1"}');
    expect(attributes.map((one) => ("name" in one ? one.name : one.key))).toEqual(["a", "b", "l"]);
  });
});
