import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../../engine/base/json.ts";
import { looselyEqual } from "../../../engine/expect/index.ts";

const cases: readonly (readonly [Json, Json, boolean])[] = [
  [1, "1", true],
  [1, true, true],
  ["1", true, true],
  [0, false, true],
  ["0", false, true],
  [0, "", false],
  [0, null, false],
  ["null", null, false],
  [null, null, true],
  ["true", true, false],
  [2, true, false],
  [[1, "2"], ["1", 2], true],
  [[1], [1, 1], false],
  [{ a: 1 }, { a: "1" }, true],
  [{ a: 1 }, { a: 1, b: 1 }, false],
  [{ a: 1 }, { b: 1 }, false],
  [[], {}, false],
  [{}, "", false],
];

test.each(cases)("looselyEqual(%j, %j) is %s", (left, right, equal) => {
  expect(looselyEqual(left, right)).toBe(equal);
  expect(looselyEqual(right, left)).toBe(equal);
});

test("looselyEqual() holds between any JSON value and itself", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(looselyEqual(value as Json, value as Json)).toBe(true);
    }),
  );
});
