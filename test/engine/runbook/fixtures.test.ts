import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { VFile } from "vfile";
import { describe, expect, test } from "vitest";
import type { Block } from "../../../engine/model/runbook.ts";
import { lintRunbooks, parseRunbook } from "../../../engine/runbook/index.ts";
import { CONTEXT, seen } from "./read.ts";

const folder = new URL("../../fixtures/runbooks/", import.meta.url);
const cases = globSync("*.md", { cwd: folder }).toSorted();

describe("parseRunbook() and lintRunbooks() on each fixture", () => {
  test("there are at least the traps we know", () => {
    expect(cases.length).toBeGreaterThanOrEqual(32);
  });

  test.each(cases)("%s gives its recorded runbook and messages", async (name) => {
    const file = new VFile({ path: name, value: readFileSync(new URL(name, folder)) });
    const runbook = parseRunbook(file);
    lintRunbooks([{ file, runbook }], CONTEXT);
    const { chapter, title, variables, sections, placeholders, blocks } = runbook;
    const written = {
      messages: seen(file),
      chapter,
      title,
      variables,
      sections: sections.map(
        ({ number, title: text, depth, place }) => `${place.line}:${place.column} h${depth} [${number}] ${text}`,
      ),
      placeholders: placeholders.map(({ id, caption, section, place }) => ({
        id,
        caption,
        section,
        at: `${place.line}:${place.column}`,
      })),
      blocks: blocks.map(blockOf),
    };
    await expect(`${JSON.stringify(written, null, 2)}\n`).toMatchFileSnapshot(
      new URL(`${basename(name, ".md")}.json`, folder).pathname,
    );
  });
});

function blockOf(block: Block) {
  const raw = Object.entries(block.raw)
    .filter(([, setting]) => setting.origin !== "default")
    .map(([key, { origin, place }]) => [key, `${origin} ${place?.line}:${place?.column}`]);
  const { id, derivedId, kind, role, language, section, body, bodyLine, bodyColumn, settings, place } = block;
  const { shotCaptions, expectedOutput } = block;
  return {
    id: derivedId ? `${id} (derived)` : id,
    is: `${role} ${kind} (${language}) in section ${section}`,
    at: `${place.line}:${place.column}`,
    body: { at: `${bodyLine}:${bodyColumn}`, text: body },
    settings,
    raw: Object.fromEntries(raw),
    ...(shotCaptions !== undefined && { shotCaptions }),
    ...(expectedOutput !== undefined && {
      expectedOutput: {
        at: `${expectedOutput.place.line}:${expectedOutput.place.column}`,
        lines: expectedOutput.lines,
      },
    }),
  };
}
