import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../engine/base/json.ts";
import { CHECKS } from "../engine/doctor/index.ts";
import { inventoryJsonSchema, parseInventory } from "../engine/inventory/index.ts";

const PAGE = join(import.meta.dirname, "../docs/inventaire.md");
const page = readFileSync(PAGE, "utf8");

/** A row for each key that may be written, below a path; names that are free stand as `<nom>`. */
function rows(schema: JsonObject, path: string): readonly string[] {
  const parts = [schema, ...(Array.isArray(schema["anyOf"]) ? (schema["anyOf"] as JsonObject[]) : [])];
  return parts.flatMap((part) => {
    const { properties, additionalProperties: free } = part as Readonly<Record<string, Json>>;
    const keys = Object.entries((properties ?? {}) as Record<string, JsonObject>);
    return [
      ...keys.flatMap(([key, inner]) => (path === "" && key === "defaults" ? [] : row(inner, `${path}${key}`))),
      ...(typeof free === "object" && free !== null ? row(free as JsonObject, `${path}<nom>`) : []),
    ];
  });
}

function row(schema: JsonObject, path: string): readonly string[] {
  const [what = "", example = ""] = String(schema["description"] ?? "").split("\nExemple\u00a0: ");
  const own =
    what === "" ? [] : [`| \`${path}\` | ${what.replace(/\.$/, "")} | \`${example.replaceAll("|", "\\|")}\` |`];
  return [...own, ...rows(schema, `${path}.`)];
}

describe("docs/inventaire.md", () => {
  it("lists every key as the schema describes it", async () => {
    const table = ["| Clé | Ce qu’elle est | Exemple |", "| --- | --- | --- |", ...rows(inventoryJsonSchema(), "")];
    expect(table.length).toBeGreaterThan(40);
    const written = page.replace(
      /(<!-- clés : .*? -->\n)[\s\S]*?(<!-- fin des clés -->)/,
      (_, open: string, close: string) => [open, ...table.map((line) => `${line}\n`), close].join(""),
    );
    await expect(written).toMatchFileSnapshot(PAGE);
  });

  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);

  it.each(blocks)("shows an inventory that is read without a word: %s", (text) => {
    const file = new VFile({ path: "exemple.yaml", value: text });
    const inventory = parseInventory([file]);
    expect(file.messages.map(String)).toEqual([]);
    expect(inventory?.nodes.length).toBeGreaterThan(0);
  });

  it("names every look of the doctor, and no other", () => {
    const [doctor = ""] = page.split("## Toutes les clés");
    const named = [...doctor.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].flatMap(
      ([, cell = ""]) => cell.match(/[a-z-]+/g) ?? [],
    );
    expect(named.sort()).toEqual([...CHECKS].sort());
  });
});
