import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../../engine/runbook/index.ts";

const ROOT = join(import.meta.dirname, "../..");

const CHAPTERS = readdirSync(join(ROOT, "runbooks"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => {
    const path = join(ROOT, "runbooks", file);
    const runbook = parseRunbook(new VFile({ path, value: readFileSync(path, "utf8") }));
    return { file, runbook };
  });

/** The captions for which the chapter's negative tests have a lab in which they are false, as they are written there. */
function refuted(chapter: number): readonly string[] {
  const source = readFileSync(join(ROOT, "test/e2e", `chapter-${chapter}-false.test.ts`), "utf8");
  return [...source.matchAll(/^\s+caption: (["`])(.+)\1,$/gm)].map(([, , caption = ""]) => caption);
}

describe("the captures of the report", () => {
  it("are forty-nine", () => {
    expect(CHAPTERS.reduce((sum, { runbook }) => sum + runbook.placeholders.length, 0)).toBe(49);
  });

  it.each(CHAPTERS)("of $file have each a lab in which their caption is false", ({ runbook }) => {
    const captions = runbook.placeholders.map(({ caption }) => caption);
    expect([...refuted(runbook.chapter)].sort()).toEqual([...captions].sort());
  });
});
