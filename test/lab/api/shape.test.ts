import { describe, expect, test } from "vitest";
import { shapeDifferences } from "./shape.ts";

describe("shapeDifferences()", () => {
  test.each([
    ["the same keys in another order", { a: 1, b: "x" }, { b: "y", a: 2 }, []],
    ["a missing key", { a: 1, b: 2 }, { a: 1 }, ["$.b: missing"]],
    ["a key too many", { a: 1 }, { a: 1, c: 2 }, ["$.c: not recorded"]],
    ["a number that became text", { a: 1 }, { a: "1" }, ["$.a: recorded number, answered string"]],
    ["a key that only some elements have", [{ a: 1 }, { a: 1, b: 1 }], [{ a: 2 }, { a: 2, b: 2 }], []],
    [
      "elements of different types apart",
      [{ type: "x", a: 1 }, { type: "y" }],
      [{ type: "y", a: 1 }],
      ["$[type=y].a: not recorded"],
    ],
    [
      "a kind nobody recorded, by all of them",
      [
        { type: "x", a: 1 },
        { type: "y", a: 1 },
      ],
      [{ type: "z" }],
      ["$[type=z].a: missing"],
    ],
    ["an object in place of a list", [], {}, ["$: recorded list, answered object"]],
  ])("judges %s", (_, recorded, answered, expected) => {
    expect(shapeDifferences(recorded, answered)).toEqual(expected);
  });
});
