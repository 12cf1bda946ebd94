import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import { buildReport, writeReport } from "../../../engine/report/index.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { bandsPng } from "../../support/bands-png.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { TEMPLATES } from "../../support/read-report.ts";
import { writeRunFolder } from "../../support/run-folder.ts";

const root = keptFolder();
/** A page takes some twenty-five of these: in each chapter the list meets its end at another item. */
const FILLERS = Array.from({ length: 12 }, (_, index) => 18 + index);

it("leaves no line of a list and no last sentence alone on a page, and no picture is wider than the text", async () => {
  const folder = await writeRunFolder({
    root: root(),
    runbooks: FILLERS.map((count, index) => ({
      ...{ file: `${index + 1}.md`, chapter: index + 1, title: `${index + 1}. Essai` },
      text: [
        `# ${index + 1}. Essai\n\n## ${index + 1}.1. Partie`,
        ...(index === 0 ? ['```bash {#a .check on=pve1 capture="vue"}\ntrue\n```', "[ Capture : vue ]"] : []),
        ...Array.from({ length: count }, (_, line) => `Ligne ${line}.`),
        "On retient :",
        Array.from({ length: 5 }, (_, item) => `- point ${item} ;`).join("\n"),
        "Fin du chapitre.",
      ].join("\n\n"),
    })),
    steps: [
      {
        id: "a",
        kind: "browser",
        fills: "1-vue",
        tries: [{ sent: "", picture: { png: bandsPng(3600, 1600), alternative: "" } }],
      },
    ],
    placeholders: [{ id: "1-vue", caption: "vue", chapter: 1, candidates: ["a"], chosen: "a" }],
  });
  const record = await openRun(folder);
  const browserPath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
  const { pdf } = await writeReport({
    ...{ record, templatesFolder: TEMPLATES, browserPath },
    signal: AbortSignal.timeout(50_000),
  });
  const { stdout } = await promisify(execFile)("pdftotext", ["-layout", pdf, "-"]);
  const ends = stdout.split("\f").flatMap((page) => {
    const points = [...page.matchAll(/point \d/g)].length;
    return page.includes("Fin du chapitre.") || points > 0
      ? [{ points, announced: page.includes("On retient :") }]
      : [];
  });
  // Some lists are cut, or the test would see nothing; never down to one item, nor off their announcement.
  expect(ends.length).toBeGreaterThanOrEqual(FILLERS.length);
  for (const { points, announced } of ends) expect(points + (announced ? 1 : 0)).toBeGreaterThanOrEqual(3);
  const [figure] = (await buildReport(record)).figures;
  // 170 mm; Chromium cuts what reaches into the margins.
  expect(figure?.content.type === "picture" && figure.content.picture.shown.width).toBe(642);
}, 60_000);
