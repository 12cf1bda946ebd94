import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { execa } from "execa";
import { beforeEach, describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { canonicalJson, sha256 } from "../../../engine/base/digest.ts";
import { GENESIS, openRun, writeManifest } from "../../../engine/evidence/index.ts";
import { readSignerCertificate } from "../../../engine/evidence/seal/index.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { signPdf } from "../../../engine/seal/index.ts";
import { type CliProject, chapter, cliProject } from "../../support/cli-project.ts";
import { testPng } from "../../support/test-png.ts";

let project: CliProject;
let folder: string;

/** What the command line says, in this process. */
async function run(...args: readonly string[]) {
  const inventory = project.path("inventaire.yaml");
  return await project.here(
    "run",
    project.path("03.md"),
    "-i",
    inventory,
    "--output",
    output(),
    "--no-report",
    ...args,
  );
}

const output = () => project.path("output");

/** A run whose first figure is there and whose second waits for a file that is not. */
beforeEach(async () => {
  project = await cliProject({});
  const ready = project.path("pret");
  const blocks = [
    '```bash {#a .check on=local capture="bonjour"}\n#| expect: bonjour\necho bonjour\n```',
    `\`\`\`bash {#b .check on=local capture="état"}\n#| expect: prêt\ntest -e '${ready}' && echo prêt\n\`\`\``,
    "[ Capture : bonjour ]\n\n[ Capture : état ]",
  ];
  await writeFile(project.path("03.md"), chapter(blocks.join("\n\n")));
  const ran = await run("--run", "essai");
  expect(ran.code, ran.stderr).toBe(1);
  folder = join(output(), "essai");
  await writeFile(ready, "");
});

/** The same run as an older engine would have written it: its version in the journal, which is chained anew, and in the summary. */
async function asWrittenBy(version: string, run: string): Promise<void> {
  const { events } = await openRun(run);
  let prev = GENESIS;
  const lines = events.map((event) => {
    const own = event.type === "run-started" ? { engine: { ...event.engine, version } } : {};
    const line = canonicalJson({ ...JSON.parse(JSON.stringify(event)), ...own, prev });
    prev = sha256(line);
    return line;
  });
  await writeFile(join(run, "data", "journal.jsonl"), `${lines.join("\n")}\n`);
  const summary = JSON.parse(await readFile(join(run, "data", "run.json"), "utf8"));
  const told = canonicalJson({ ...summary, engine: version, journal: { head: prev, lines: lines.length } });
  await writeFile(join(run, "data", "run.json"), `${told}\n`);
  await writeManifest(run);
}

async function errors(): Promise<readonly string[]> {
  const { findings } = await auditRun(folder);
  return findings.filter(({ severity }) => severity === "error").map(({ rule, text }) => `${rule} ${text}`);
}

/** A person gives the picture that the second step did not take. */
async function give(): Promise<void> {
  const picture = project.path("photo.png");
  await writeFile(picture, testPng(9, 9));
  const said = ["--origin", "photographiée ce matin", "--yes", "--no-report"];
  const added = await project.here("capture", "add", "état", picture, "--run", folder, ...said);
  expect(added.code, added.stderr).toBe(0);
}

describe("a run that goes on", () => {
  it("counts what a person had given in between, while nothing else shows it", async () => {
    await give();
    await rm(project.path("pret"));
    const resumed = await run("--resume", folder);
    expect([resumed.code, resumed.stdout]).toEqual([1, expect.stringContaining("figures 2/2")]);
    expect((await buildReport(await openRun(folder))).counts.placeholders).toMatchObject({ filled: 2, given: 1 });
  });

  it("may show by itself what a person had given in between: what it took counts, and both are told", async () => {
    await give();
    const resumed = await run("--resume", folder);
    expect(resumed.code, resumed.stdout + resumed.stderr).toBe(0);
    expect(await errors()).toEqual([]);
    const { findings, placeholders } = await auditRun(folder);
    expect(findings.map(({ rule }) => rule)).toContain("figure-given");
    expect(placeholders.map(({ filledBy, givenBy }) => [filledBy, givenBy])).toEqual([
      ["a", null],
      ["b", null],
    ]);
    const record = await openRun(folder);
    const report = await buildReport(record);
    expect(report.counts.placeholders).toEqual({ filled: 2, expected: 2, reused: 0, given: 0 });
  });

  it("keeps the engine that began it, whichever goes on with it", async () => {
    expect((await run("--run", "ancien", "--no-seal")).code).toBe(0);
    folder = join(output(), "ancien");
    await asWrittenBy("0.0.9", folder);
    expect(await errors()).toEqual([]);
    expect((await run("--resume", folder)).code).toBe(0);
    expect(await errors()).toEqual([]);
    expect(JSON.parse(await readFile(join(folder, "data", "run.json"), "utf8"))).toMatchObject({ engine: "0.0.9" });
  });

  it("does not throw a signed report away for one that nobody would sign", async () => {
    const [key, certificate] = [project.path("c.key"), project.path("c.pem")];
    await execa("openssl", [
      ...["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
      ...["-subj", "/CN=Essai", "-keyout", key, "-out", certificate],
    ]);
    const document = await PDFDocument.create();
    document.addPage();
    const signer = await readSignerCertificate({ certificate, key });
    const pdf = await document.save({ useObjectStreams: false });
    const signed = await signPdf(Buffer.from(pdf), { signer, at: new Date(), reason: "Essai" });
    const report = join(folder, "data", "rapport.pdf");
    await writeFile(report, signed);
    const refused = await run("--resume", folder);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("REPORT_SIGNED")]);
    expect((await readFile(report)).equals(signed)).toBe(true);
  });

  it("leaves no report of the time before it in its folder", async () => {
    const report = join(folder, "data", "rapport.pdf");
    await writeFile(report, "%PDF-1.7\nhier");
    expect((await run("--resume", folder)).code).toBe(0);
    await expect(readFile(report)).rejects.toThrow("ENOENT");
    expect(await errors()).toEqual([]);
  });
});
