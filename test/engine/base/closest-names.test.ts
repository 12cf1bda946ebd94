import { expect, it } from "vitest";
import { closestNames } from "../../../engine/base/closest-names.ts";

const names = ["cluster", "ceph", "ha-rules", "ha-groups", "highlight", "contentImages"];

it.each([
  ["cluter", ["cluster"]],
  ["clutser", ["cluster"]],
  ["highlite", ["highlight"]],
  ["ha-group", ["ha-groups"]],
  ["contentimages", ["contentImages"]],
  ["network", []],
])("closestNames() of %s are %j", (written, close) => {
  expect(closestNames(written, names)).toEqual(close);
});
