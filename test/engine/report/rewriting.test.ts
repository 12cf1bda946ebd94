import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { faceOf, oneChapter } from "../../support/read-report.ts";
import { writeRunFolder } from "../../support/run-folder.ts";

const root = keptFolder();
const TEXT = "# 1. Essai\n\nAvant.\n\n```bash {#a .check on=pve1}\ntrue\n```\n\n[ Capture : vue ]\n";
const SETTINGS = "titre: Essai\nexigences: { SEC-1: a }\n";
let run: string;

beforeAll(async () => {
  const spec = oneChapter(join(root(), "output"), "", [{ id: "a", tries: [{ sent: "true" }] }]);
  run = await writeRunFolder({
    ...spec,
    settings: SETTINGS,
    runbooks: [{ file: "01.md", chapter: 1, title: "1. Essai", text: TEXT }],
  });
});

const reportWith = async (file: string, text: string) => buildReport(await openRun(run), new Map([[file, text]]));

it("shows prose and titles as they read now, and says so on the cover", async () => {
  const report = await reportWith("01.md", TEXT.replace("Avant.", "Une phrase de plus.\n\n## Partie\n\nAprès."));
  expect(report.rewritten).toEqual(["01.md"]);
  const html = await faceOf(report, "html");
  expect(html).toContain("Après.");
  expect(html.slice(0, html.indexOf('id="document"'))).toContain("Texte remanié après l’exécution");
  expect((await reportWith("rapport.yaml", `${SETTINGS}client: Moi\n`)).identity.client).toBe("Moi");
  expect((await reportWith("01.md", TEXT)).rewritten).toEqual([]);
});

it.each([
  ["a command", "01.md", TEXT.replace("\ntrue\n", "\nfalse\n"), /REWRITTEN_BLOCK.*01\.md, ligne 5/],
  ["a block that is gone", "01.md", TEXT.replace(/```bash[\s\S]*?```/, ""), /REWRITTEN_BLOCK/],
  ["a setting of a block", "01.md", TEXT.replace("on=pve1", "on=pve1 timeout=3s"), /REWRITTEN_BLOCK/],
  ["a capture that is gone", "01.md", TEXT.replace("[ Capture : vue ]", ""), /REWRITTEN_BLOCK.*captures/],
  ["a requirement", "rapport.yaml", "titre: Essai\n", /REWRITTEN_SETTINGS.*exigences/],
  ["the scope", "rapport.yaml", `${SETTINGS}chapitres: [2]\n`, /REWRITTEN_SETTINGS.*chapitres/],
  ["what does not parse", "rapport.yaml", "titre: [\n", /REPORT_SETTINGS.*ligne/],
])("refuses what is evidence: %s", async (_name, file, text, message) => {
  const failed = await reportWith(file, text).then(
    () => "built",
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  );
  expect(failed).toMatch(message);
});
