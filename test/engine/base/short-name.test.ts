import { expect, test } from "vitest";
import { shortName } from "../../../engine/base/short-name.ts";

test.each([
  ["pve1", "pve1"],
  ["pve1.example.org", "pve1"],
  ["192.0.2.31", "192.0.2.31"],
  ["2001:db8::31", "2001:db8::31"],
])("shortName() makes %s %s", (name, short) => {
  expect(shortName(name)).toBe(short);
});
