import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { filesBelow } from "../../../engine/evidence/index.ts";
import { writeSampleRun } from "../../support/sample-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function rulesOf(folder: string): Promise<readonly string[]> {
  return (await auditRun(folder)).findings.map(({ rule, subject }) => `${rule} ${subject}`);
}

async function editLines(folder: string, edit: (lines: string[]) => void): Promise<void> {
  const path = join(folder, "data/journal.jsonl");
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  edit(lines);
  await writeFile(path, `${lines.join("\n")}\n`);
}

describe("auditRun()", () => {
  it("finds nothing in a run as it was written", async () => {
    const result = await auditRun(await writeSampleRun(await tempFolder()));
    expect(result.findings).toEqual([]);
    expect(result.placeholders.map(({ filledBy }) => filledBy)).toEqual(["premier", "second"]);
  });

  it("names every file in which one byte is flipped", async () => {
    const root = await tempFolder();
    const sample = await writeSampleRun(root, "modele");
    const files = await filesBelow(sample, "data");
    expect(files.length).toBeGreaterThan(8);
    for (const [index, path] of files.entries()) {
      const folder = await writeSampleRun(root, `essai-${index}`);
      const name = path.replaceAll("modele", `essai-${index}`);
      const bytes = await readFile(join(folder, name));
      // Only the empty stderr files have no byte to flip.
      if (bytes.length === 0) continue;
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await writeFile(join(folder, name), bytes);
      const found = (await auditRun(folder)).findings.filter(({ severity }) => severity === "error");
      expect(found.map(({ subject }) => subject).join(), name).toContain(
        name.slice("data/".length).split("/").at(-1)?.slice(0, 12),
      );
    }
  });

  it.each([1, 5, 9])("finds that line %i of the journal was deleted", async (line) => {
    const folder = await writeSampleRun(await tempFolder());
    await editLines(folder, (lines) => lines.splice(line - 1, 1));
    expect(
      (await rulesOf(folder)).some((rule) => rule.startsWith("journal-chain") || rule.startsWith("journal-order")),
    ).toBe(true);
  });

  it("finds that the last line of the journal was deleted", async () => {
    const folder = await writeSampleRun(await tempFolder());
    await editLines(folder, (lines) => lines.pop());
    expect(await rulesOf(folder)).toContain("journal-head journal.jsonl");
  });

  it("finds two lines of the journal that were swapped", async () => {
    const folder = await writeSampleRun(await tempFolder());
    await editLines(folder, (lines) => lines.splice(3, 2, lines[4] ?? "", lines[3] ?? ""));
    expect((await rulesOf(folder)).filter((rule) => rule.startsWith("journal-order"))).not.toEqual([]);
  });

  it("names both pictures that were swapped", async () => {
    const folder = await writeSampleRun(await tempFolder());
    const pictures = (await filesBelow(folder, "data")).filter((path) => path.endsWith(".png"));
    const [first, second] = pictures.map((path) => join(folder, path));
    if (first === undefined || second === undefined) throw new Error("the sample has two pictures");
    await rename(first, `${first}.x`);
    await rename(second, first);
    await rename(`${first}.x`, second);
    const found = await rulesOf(folder);
    for (const path of pictures) expect(found).toContain(`file-changed ${path.slice("data/".length)}`);
  });

  it("names a file that is missing and one that was added", async () => {
    const folder = await writeSampleRun(await tempFolder());
    await rm(join(folder, "data/terminal/bloc-001.out"));
    await writeFile(join(folder, "data/blobs/intrus.txt"), "x");
    const found = await rulesOf(folder);
    expect(found).toContain("file-missing terminal/bloc-001.out");
    expect(found).toContain("file-unknown blobs/intrus.txt");
  });

  it("finds a report that was changed after it was rendered", async () => {
    const folder = await writeSampleRun(await tempFolder());
    await writeFile(join(folder, "data/rapport.pdf"), "%PDF");
    expect(await rulesOf(folder)).toEqual(["manifest-missing-entry rapport.pdf", "report-unreadable rapport.pdf"]);
  });

  it("tells which placeholder is empty and why", async () => {
    const folder = await writeSampleRun(await tempFolder());
    await editLines(folder, (lines) => lines.splice(-3, 3));
    const result = await auditRun(folder);
    expect(result.placeholders.map(({ caption, why }) => [caption, why])).toEqual([
      ["premier", ""],
      ["second", "L’étape #second n’a pas été exécutée."],
    ]);
  });
});
