import { appendFile, copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { canonicalJson, sha256 } from "../../../engine/base/digest.ts";
import type { Json } from "../../../engine/base/json.ts";
import { GENESIS, writeManifest } from "../../../engine/evidence/index.ts";
import { writeSampleRun } from "../../support/sample-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const JOURNAL = "data/journal.jsonl";
const MANIFEST = "manifest-sha256.txt";

async function rulesOf(folder: string): Promise<readonly string[]> {
  return (await auditRun(folder)).findings.map(({ rule, subject }) => `${rule} ${subject}`);
}

type Loose = { [key: string]: Json };

/** Rewrites the events and repairs every hash after it, as a forger without the signer's key can: chain, run.json and manifest. */
async function forge(folder: string, edit: (events: Loose[]) => void): Promise<void> {
  const lines = (await readFile(join(folder, JOURNAL), "utf8")).trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line) as Loose);
  edit(events);
  let prev = GENESIS;
  const written = events.map((event, index) => {
    const line = canonicalJson({ ...event, seq: index + 1, prev });
    prev = sha256(line);
    return line;
  });
  await writeFile(join(folder, JOURNAL), `${written.join("\n")}\n`);
  const summary = JSON.parse(await readFile(join(folder, "data/run.json"), "utf8")) as Loose;
  const journal = { head: prev, lines: written.length };
  await writeFile(join(folder, "data/run.json"), `${canonicalJson({ ...summary, journal })}\n`);
  await writeManifest(folder);
}

describe("auditRun() on evidence that somebody changed", () => {
  const rewrite = (path: string, edit: (text: string) => string) => async (folder: string) =>
    writeFile(join(folder, path), edit(await readFile(join(folder, path), "utf8")));

  it.each<[string, (folder: string) => Promise<unknown>, string]>([
    ["the manifest is gone", (folder) => rm(join(folder, MANIFEST)), "manifest-missing manifest-sha256.txt"],
    [
      "a manifest line is gone",
      rewrite(MANIFEST, (text) => text.replace(/.*run\.json\n/, "")),
      "manifest-missing-entry run.json",
    ],
    [
      "a manifest line is there twice",
      rewrite(MANIFEST, (text) => `${text}${text.split("\n")[0]}\n`),
      "manifest-line manifest-sha256.txt",
    ],
    [
      "a manifest line leads elsewhere",
      rewrite(MANIFEST, (text) => `${text}${"0".repeat(64)}  /etc/passwd\n`),
      "manifest-line manifest-sha256.txt",
    ],
    [
      "the manifest has other line ends",
      rewrite(MANIFEST, (text) => text.replaceAll("\n", "\r\n")),
      "manifest-line manifest-sha256.txt",
    ],
    ["a file stands beside data/", (folder) => writeFile(join(folder, "note.txt"), "x"), "file-beside note.txt"],
    [
      "run.json is a link",
      async (folder) => {
        await rename(join(folder, "data/run.json"), join(folder, "..", "run.json"));
        await symlink("../../run.json", join(folder, "data/run.json"));
      },
      "file-kind run.json",
    ],
    [
      "the manifest is a link",
      async (folder) => {
        await copyFile(join(folder, MANIFEST), join(folder, "..", "m"));
        await rm(join(folder, MANIFEST));
        await symlink("../m", join(folder, MANIFEST));
      },
      "file-kind manifest-sha256.txt",
    ],
    [
      "data/ is a link",
      async (folder) => {
        await rename(join(folder, "data"), join(folder, "..", "data"));
        await symlink("../data", join(folder, "data"));
      },
      "file-kind data",
    ],
    [
      "a folder of links was added",
      async (folder) => {
        await mkdir(join(folder, "data/figures/autres"));
        await symlink("/etc/hostname", join(folder, "data/figures/autres/a.png"));
      },
      "file-kind figures/autres/a.png",
    ],
    [
      "the journal's first line is gone",
      rewrite(JOURNAL, (text) => text.slice(text.indexOf("\n") + 1)),
      "journal-chain journal.jsonl, ligne 1",
    ],
    [
      "the journal has other line ends",
      rewrite(JOURNAL, (text) => text.replaceAll("\n", "\r\n")),
      "journal-line journal.jsonl, ligne 1",
    ],
    [
      "a line has a key twice",
      rewrite(JOURNAL, (text) => text.replace("{", '{"at":"x",')),
      "journal-line journal.jsonl, ligne 1",
    ],
    [
      "something follows the journal",
      (folder) => appendFile(join(folder, JOURNAL), "suite"),
      "journal-torn journal.jsonl",
    ],
    [
      "an empty line follows the journal",
      (folder) => appendFile(join(folder, JOURNAL), "\n"),
      "journal-head journal.jsonl",
    ],
    [
      "the journal begins with a mark",
      rewrite(JOURNAL, (text) => `\u{FEFF}${text}`),
      "journal-line journal.jsonl, ligne 1",
    ],
  ])("finds that %s", async (_, tamper, found) => {
    const folder = await writeSampleRun(await tempFolder());
    await tamper(folder);
    expect(await rulesOf(folder)).toContain(found);
  });

  it("holds run.json against the journal, even when the manifest was made again", async () => {
    const folder = await writeSampleRun(await tempFolder());
    const path = join(folder, "data/run.json");
    const text = await readFile(path, "utf8");
    for (const edited of [
      text.replace('"run":"essai"', '"run":"autre"'),
      `${text}\n`,
      text.replace("{", '{"run":"x",'),
    ]) {
      await writeFile(path, edited);
      await writeManifest(folder);
      expect(await rulesOf(folder), edited).toContain("run-summary run.json");
    }
  });

  it.each<[string, (events: Loose[]) => void, string]>([
    [
      "an unknown kind of event",
      (events) => Object.assign(events[2] ?? {}, { type: "step-imagined" }),
      "journal-line journal.jsonl, ligne 3",
    ],
    [
      "a field too many",
      (events) => Object.assign(events[1] ?? {}, { note: "x" }),
      "journal-line journal.jsonl, ligne 2",
    ],
    [
      "a passed step whose attempts are gone",
      (events) => {
        for (const type of ["attempt-started", "attempt-finished"])
          events.splice(
            events.findIndex((event) => event["type"] === type),
            1,
          );
      },
      "step-unproven #premier",
    ],
    [
      "a figure that another step made",
      (events) => {
        const filled = events.find((event) => event["type"] === "placeholder-filled");
        if (filled !== undefined) filled["attempts"] = [2];
      },
      "figure-unproven 3-premier",
    ],
    [
      "totals that are not those of the steps",
      (events) => {
        const end = events.at(-1);
        if (end !== undefined) end["counts"] = { passed: 9, failed: 0, skipped: 0, blocked: 0, errored: 0 };
      },
      "run-totals journal.jsonl",
    ],
    [
      "a step that is planned and never ended",
      (events) => {
        events.splice(
          events.findLastIndex((event) => event["type"] === "step-finished"),
          1,
        );
      },
      "step-not-run #second",
    ],
  ])("finds %s although every hash is right", async (_, edit, found) => {
    const folder = await writeSampleRun(await tempFolder());
    await forge(folder, edit);
    const rules = await rulesOf(folder);
    expect(rules).toContain(found);
    expect(rules.some((rule) => /^(?:journal-(?:chain|head)|manifest)/.test(rule))).toBe(false);
  });

  it("never throws, whatever byte of whatever line is changed", async () => {
    const folder = await writeSampleRun(await tempFolder());
    const path = join(folder, JOURNAL);
    const bytes = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        await writeFile(path, changed);
        const { findings } = await auditRun(folder);
        expect(findings.some(({ rule }) => rule.startsWith("journal"))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("auditRun() on a run that was cut short", () => {
  it("calls what it left behind unfinished, not added", async () => {
    const folder = await writeSampleRun(await tempFolder());
    const text = await readFile(join(folder, JOURNAL), "utf8");
    const lines = text.split("\n");
    const begun = lines.findIndex((line) => line.includes('"attempt":2'));
    await writeFile(join(folder, JOURNAL), `${lines.slice(0, begun + 1).join("\n")}\n`);
    await rm(join(folder, "data/run.json"));
    await rm(join(folder, MANIFEST));
    await writeFile(join(folder, "data/blobs/x.part"), "x");
    await writeFile(join(folder, "data/blobs/intrus.txt"), "x");
    const { findings } = await auditRun(folder);
    const errors = findings
      .filter(({ severity }) => severity === "error")
      .map(({ rule, subject }) => `${rule} ${subject}`);
    expect(errors).toEqual(["file-unknown blobs/intrus.txt"]);
    const rules = findings.map(({ rule, subject }) => `${rule} ${subject}`);
    for (const rule of [
      "run-unfinished journal.jsonl",
      "attempt-unfinished #second",
      "file-unfinished terminal/bloc-002.out",
    ])
      expect(rules).toContain(rule);
  });
});
