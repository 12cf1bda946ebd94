import { expect, test } from "vitest";
import { selectPath } from "../../../engine/expect/json-path.ts";
import { keysAt } from "../../../engine/inventory/field-at.ts";
import { inventoryJsonSchema } from "../../../engine/inventory/index.ts";

test("inventoryJsonSchema() knows the same keys as the messages do", () => {
  const schema = inventoryJsonSchema();
  const keysOf = (path: string) => selectPath(path, schema).map(({ value }) => Object.keys(value as object).sort());
  const node = "$.properties.nodes.additionalProperties.properties";
  const cases: readonly (readonly [path: string, at: readonly string[]])[] = [
    ["$.properties", []],
    ["$.properties.defaults.properties", ["defaults"]],
    [node, ["nodes", "pve1"]],
    [`${node}.ssh.anyOf[1].properties`, ["nodes", "pve1", "ssh"]],
    [`${node}.pve.anyOf[1].properties`, ["nodes", "pve1", "pve"]],
    [`${node}.connect.properties`, ["nodes", "pve1", "connect"]],
  ];
  for (const [path, at] of cases) expect(keysOf(path)).toEqual([[...keysAt(at)].sort()]);
  expect(
    selectPath("$.properties.secrets.additionalProperties.anyOf[*].properties", schema).flatMap(({ value }) =>
      Object.keys(value as object),
    ),
  ).toEqual(keysAt(["secrets", "x"]));
});

test("inventoryJsonSchema() refuses unknown keys and describes every field", () => {
  const schema = inventoryJsonSchema();
  const objects = selectPath("$..[?@.properties]", schema).map(({ value }) => value as Record<string, unknown>);
  expect(objects.length).toBeGreaterThan(6);
  for (const object of objects) expect(object["additionalProperties"]).toBe(false);
  expect(selectPath("$.properties[?!@.description]", schema)).toEqual([]);
});
