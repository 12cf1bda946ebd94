import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTemplates } from "../../../engine/report/index.ts";
import { toolsText } from "../../../engine/report/rendering-tools.ts";
import { TEMPLATES } from "../../support/read-report.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function textFrom(folder: string, htmlLimitBytes = 40_000_000): Promise<string> {
  const templates = await readTemplates(folder);
  return toolsText({ engine: "0.1.0", browser: "Chrome/1", fonts: new Map(), templates, htmlLimitBytes });
}

it("toolsText() tells templates apart by their texts, not by where they were read, and names what a person chose", async () => {
  const elsewhere = join(await tempFolder(), "ailleurs");
  await cp(TEMPLATES, elsewhere, { recursive: true });
  expect(await textFrom(elsewhere)).toBe(await textFrom(TEMPLATES));
  expect(await textFrom(TEMPLATES, 1)).not.toBe(await textFrom(TEMPLATES));
});
