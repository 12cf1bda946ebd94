import { expect, test } from "vitest";
import { homogeneous } from "../../../engine/expect/index.ts";

test.each([
  [[], true],
  [["a\n"], true],
  [["a\n", "a", "a\r\n", "\u001b[1ma\u001b[0m  "], true],
  [["a\n", "b\n"], false],
  [["a\n", ""], false],
] as const)("homogeneous(%j) is %s", (outputs, alike) => {
  expect(homogeneous(outputs)).toBe(alike);
});
