import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import { writeReport } from "../../../engine/report/index.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { faceOf, reportOf, TEMPLATES } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const root = keptFolder();

it("a run without an end says so on every page, and the lab's name too", async () => {
  const folder = await writeRunFolder({ ...(await sampleRun(root())), unfinished: true });
  const browserPath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
  const { pdf, pages } = await writeReport({
    ...{ record: await openRun(folder), templatesFolder: TEMPLATES, browserPath },
    signal: AbortSignal.timeout(50_000),
  });
  const { stdout } = await promisify(execFile)("pdftotext", ["-layout", pdf, "-"]);
  const texts = stdout.split("\f").slice(0, pages);
  expect(texts).toHaveLength(pages);
  const silent = texts.flatMap((text, index) =>
    /brouillon/i.test(text) && /laboratoire simulé/.test(text) ? [] : [index + 1],
  );
  expect(silent).toEqual([]);
  // On the cover in words, on the others at the foot.
  expect(texts[0]).toMatch(/l’exécution n’est pas allée à son terme/);
  for (const text of texts.slice(1)) expect(text).toMatch(/BROUILLON[^\n]*\n\s*laboratoire simulé/);
}, 60_000);

it("names the lab beside every figure of either kind, and nothing of the sort on real machines", async () => {
  const run = await sampleRun(await tempFolder());
  const figures = async (html: Promise<string>) =>
    (await html)
      .split('<div class="figure figure-')
      .slice(1)
      .map((each) => /<p class="trace">([\s\S]*?)<\/p>/.exec(each)?.[1] ?? "");
  const simulated = await figures(faceOf(await reportOf(run), "print"));
  expect(simulated.length).toBeGreaterThan(2);
  for (const line of simulated) expect(line).toContain("<strong>laboratoire simulé</strong>");
  const real = { ...run, run: "real", inventory: { simulated: null } };
  expect((await figures(faceOf(await reportOf(real), "print"))).join("")).not.toContain("simul");
});
