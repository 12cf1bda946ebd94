import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { reportOf, TEMPLATES } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { typeSchema } from "../../support/type-schema.ts";

const ROOT = join(TEMPLATES, "..");
const schema = typeSchema(join(ROOT, "engine/model/report.ts"), "Report", "Modèle d’un rapport de Constat");

it("is what the types say, and what every report is", async () => {
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
    join(ROOT, "docs/schemas/modele-rapport.schema.json"),
  );
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  const report = JSON.parse(JSON.stringify(await reportOf(await sampleRun(await tempFolder()))));
  expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(validate({ ...report, verdict: "good" })).toBe(false);
  expect(validate({ ...report, more: 1 })).toBe(false);
});

it("is documented: every field of the report itself has its line", async () => {
  const page = await readFile(join(ROOT, "docs/modele-du-rapport.md"), "utf8");
  const { $ref } = schema as { $ref: string };
  const { properties } = (schema as { $defs: Record<string, { properties: object }> }).$defs[
    $ref.split("/").at(-1) ?? ""
  ] ?? {
    properties: {},
  };
  expect(Object.keys(properties).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});
