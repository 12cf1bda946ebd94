import fc from "fast-check";
import { expect, test } from "vitest";
import { closest, closestNames } from "../../../engine/base/closest.ts";

const KEYS = ["expect", "timeout", "until", "on", "capture", "host-key"];

test.each([
  ["timeuot", "timeout"],
  ["Timeout", "timeout"],
  ["epxect", "expect"],
  ["captures", "capture"],
  ["hostkey", "host-key"],
  ["no", "on"],
  ["x", undefined],
  ["o", "on"],
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

test.each([
  ["expct", ["exit", "expect", "exigence"], "expect"],
  ["background", ["on", "capture"], undefined],
])("closest(%j) among %j is %j: the nearest, and nothing rather than something far", (word, candidates, candidate) => {
  expect(closest(word, candidates)).toBe(candidate);
});

const NAMES = ["cluster", "ceph", "ha-rules", "ha-groups", "highlight", "contentImages"];

test.each([
  ["cluter", ["cluster"]],
  ["clutser", ["cluster"]],
  ["highlite", ["highlight"]],
  ["ha-group", ["ha-groups"]],
  ["contentimages", ["contentImages"]],
  ["network", []],
])("closestNames() of %s are %j", (written, close) => {
  expect(closestNames(written, NAMES)).toEqual(close);
});
