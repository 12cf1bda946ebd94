import fc from "fast-check";
import { expect, test } from "vitest";
import { closest } from "../../../engine/base/closest.ts";

const KEYS = ["expect", "timeout", "until", "on", "capture", "host-key"];

test.each([
  ["timeuot", "timeout"],
  ["Timeout", "timeout"],
  ["epxect", "expect"],
  ["captures", "capture"],
  ["hostkey", "host-key"],
  ["no", "on"],
  ["x", undefined],
  ["o", undefined],
  ["within", undefined],
  ["", undefined],
])("closest(%j) is %j", (word, candidate) => {
  expect(closest(word, KEYS)).toBe(candidate);
});

test("closest() finds a word from which one letter was dropped", () => {
  fc.assert(
    fc.property(fc.constantFrom("expect", "timeout", "capture"), fc.nat(5), (word, index) => {
      expect(closest(word.slice(0, index) + word.slice(index + 1), KEYS)).toBe(word);
    }),
  );
});
