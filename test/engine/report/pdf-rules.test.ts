import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import { readDestinations } from "../../../engine/report/destinations.ts";
import { buildReport, writeReport } from "../../../engine/report/index.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { pageDifference, pageText, tagCounts } from "../../support/golden-pages.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { PDF_RULES, type PrintedReport } from "../../support/pdf-rules.ts";
import { TEMPLATES } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import { validatePdf, validatorLacks } from "../../support/validate-pdf.ts";

const root = keptFolder();
let printed: PrintedReport;
const lacks = await validatorLacks();

beforeAll(async () => {
  const folder = await writeRunFolder(await sampleRun(root()));
  const record = await openRun(folder);
  const browserPath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
  const { pdf } = await writeReport({
    ...{ record, templatesFolder: TEMPLATES, browserPath },
    signal: AbortSignal.timeout(50_000),
  });
  printed = { pdf, report: await buildReport(record), data: join(folder, "data") };
});

/** The validator is a Java program: on a busy machine it takes more than a minute. */
const PATIENT = { timeout: 300_000 };

/** By the anchor of what is on it; the cover has none. */
const GOLDEN: Readonly<Record<string, string | undefined>> = {
  cover: undefined,
  contents: "synthese",
  purpose: "objet",
  course: "deroule",
  matrix: "tracabilite",
  terminal: "figure-2-statut-corosync",
  figure: "figure-1-vue-d-ensemble-de-l-onglet-reseau",
  deviations: "ecarts",
  completeness: "completude",
  annex: "integrite",
};

describe("a report in PDF", () => {
  it.each(Object.entries(PDF_RULES))("%s", async (_name, broken) => {
    expect(await broken(printed)).toEqual([]);
  });

  it("is PDF/A-3a and PDF/UA-1 at once", PATIENT, async ({ skip }) => {
    skip(lacks !== "", lacks);
    const results = await validatePdf(printed.pdf, "3a", "ua1");
    expect(results.flatMap(({ broken }) => broken)).toEqual([]);
    expect(results.map(({ flavour, compliant }) => [flavour, compliant])).toEqual([
      ["3a", true],
      ["ua1", true],
    ]);
    for (const { checks } of results) expect(checks).toBeGreaterThan(10_000);
  });

  it("is refused by the validator when what makes it so is taken away", PATIENT, async ({ skip }) => {
    skip(lacks !== "", lacks);
    const document = await PDFDocument.load(await readFile(printed.pdf), { updateMetadata: false });
    document.catalog.delete(PDFName.of("OutputIntents"));
    for (const page of document.getPages()) page.node.delete(PDFName.of("Annots"));
    document.catalog.delete(PDFName.of("Metadata"));
    const spoilt = join(root(), "spoilt.pdf");
    await writeFile(spoilt, await document.save({ useObjectStreams: false }));
    const [archive, accessible] = await validatePdf(spoilt, "3a", "ua1");
    expect(archive?.broken.join("\n")).toMatch(/DeviceRGB shall only be used if/);
    expect(accessible?.broken.join("\n")).toMatch(/shall contain the Metadata key/);
    expect([archive?.compliant, accessible?.compliant]).toEqual([false, false]);
  });

  it.each(Object.entries(GOLDEN))("looks and reads as it always did: %s", async (name, anchor) => {
    const { pages } = await readDestinations(await readFile(printed.pdf));
    const found = anchor === undefined ? 1 : pages.get(anchor);
    // The contents are the page before the first part.
    const page = name === "contents" ? (found ?? 2) - 1 : found;
    expect(page).toBeDefined();
    const golden = join(import.meta.dirname, "../../golden/report/pages", name);
    await expect(await pageText(printed.pdf, page ?? 1)).toMatchFileSnapshot(`${golden}.txt`);
    expect(await pageDifference(printed.pdf, page ?? 1, `${golden}.png`)).toBeLessThan(0.02);
  });

  it("has the tags that it always had", async () => {
    await expect(await tagCounts(printed.pdf)).toMatchFileSnapshot(
      join(import.meta.dirname, "../../golden/report/pages/tags.txt"),
    );
  });
});
