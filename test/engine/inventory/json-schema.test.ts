import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { selectPath } from "../../../engine/expect/json-path.ts";
import { keysAt } from "../../../engine/inventory/field-at.ts";
import { inventoryJsonSchema } from "../../../engine/inventory/index.ts";
import { layerSchema } from "../../../engine/inventory/inventory-schema.ts";

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

test("inventory.schema.json, which editors read, is what the code says", async () => {
  const text = `${JSON.stringify(inventoryJsonSchema(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../../runbooks/inventory/inventory.schema.json");
});

const example = new URL("../../../runbooks/inventory/site.example.yaml", import.meta.url);

test("the published schema accepts the example, which names it, and refuses what the code refuses", () => {
  const text = readFileSync(example, "utf8");
  expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=inventory.schema.json");
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(new URL("inventory.schema.json", example), "utf8")));
  const site = parse(text) as Record<string, unknown>;
  expect(schema.safeParse(site).error).toBeUndefined();
  const wrong: readonly object[] = [
    { nom: "" },
    { groupes: {} },
    { nodes: { "pve 1": {} } },
    { nodes: { pve1: { ssh: { port: 99_999 } } } },
    { nodes: { pve1: { version: "squid" } } },
    { secrets: { root_password: "hunter2" } },
    { groups: { noeuds: "pve1" } },
  ];
  for (const over of wrong) {
    expect(schema.safeParse({ ...site, ...over }).success, JSON.stringify(over)).toBe(false);
    expect(layerSchema.safeParse({ ...site, ...over }).success, JSON.stringify(over)).toBe(false);
  }
});

test("inventoryJsonSchema() refuses unknown keys and describes every field", () => {
  const schema = inventoryJsonSchema();
  const objects = selectPath("$..[?@.properties]", schema).map(({ value }) => value as Record<string, unknown>);
  expect(objects.length).toBeGreaterThan(6);
  for (const object of objects) expect(object["additionalProperties"]).toBe(false);
  expect(selectPath("$.properties[?!@.description]", schema)).toEqual([]);
});
