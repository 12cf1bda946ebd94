import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance } from "../../../engine/base/edit-distance.ts";

describe("editDistance()", () => {
  test.each([
    ["", "abc", 3],
    ["timeout", "timeout", 0],
    ["timout", "timeout", 1],
    ["tiemout", "timeout", 1],
    ["kitten", "sitting", 3],
  ])("counts between %j and %j %i changes", (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  test("is the same both ways, and nothing only for equal words", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(editDistance(one, other)).toBe(editDistance(other, one));
        expect(editDistance(one, other) === 0).toBe(one === other);
      }),
    );
  });
});
