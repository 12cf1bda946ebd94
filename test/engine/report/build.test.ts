import { appendFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import type { Report } from "../../../engine/model/report.ts";
import type { Content } from "../../../engine/model/report-body.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { bandsPng } from "../../support/bands-png.ts";
import { oneChapter, reportOf } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { passed, writeRunFolder } from "../../support/run-folder.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const golden = (name: string) => join(import.meta.dirname, "../../golden/report", name);
const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

describe("buildReport() of the sample run", () => {
  it("gives the whole model", async () => {
    const report = await reportOf(await sampleRun(await tempFolder()));
    // Terminals have their own tests; here their shape is enough.
    const short = JSON.parse(JSON.stringify(report, (key, value) => (key === "code" ? "…" : value))) as Report;
    await expect(json(short)).toMatchFileSnapshot(golden("sample-report.json"));
  });

  it("gives the same report from the same folder", async () => {
    const folder = await writeRunFolder(await sampleRun(await tempFolder()));
    const again = async () => json(await buildReport(await openRun(folder)));
    expect(await again()).toBe(await again());
  });

  it("gives the same report from the same folder under another name, as a copy for somebody may have it", async () => {
    const root = await tempFolder();
    const folder = await writeRunFolder(await sampleRun(root));
    const before = json(await buildReport(await openRun(folder)));
    await rename(folder, join(root, "preuves du client"));
    expect(json(await buildReport(await openRun(join(root, "preuves du client"))))).toBe(before);
  });
});

describe("buildReport()", () => {
  const BLOCK = '```bash {#a .check on=pve1 capture="vue"}\ntrue\n```\n\n[ Capture : vue ]';
  const step = (more: Partial<StepSpec>): readonly StepSpec[] => [{ id: "a", fills: "1-vue", ...more }];
  const ran = [{ sent: "true" }];

  it.each<[string, Partial<StepSpec>, string, string]>([
    ["conforms when all passed", { tries: ran }, "conforming", ""],
    [
      "does not when a step failed",
      { tries: ran, outcome: { status: "failed", reason: "non", judgements: [] } },
      "non-conforming",
      "a, ÉCHEC\u00a0: non",
    ],
    [
      "does not when a step errored",
      { outcome: { status: "errored", code: "SSH_X", reason: "muet", hint: "voir" } },
      "non-conforming",
      "a, ERREUR\u00a0: muet (SSH_X)",
    ],
    [
      "does not when a step was blocked",
      { outcome: { status: "blocked", by: "z", reason: "attend #z" } },
      "non-conforming",
      "a, BLOQUÉ\u00a0: attend #z",
    ],
    [
      "does not when a picture is missing",
      { outcome: { status: "skipped", because: "satisfied", reason: "Fait." } },
      "non-conforming",
      "l’état d’avant le changement n’est plus visible (a). Fait.",
    ],
    [
      "does not when a step was left out by choice",
      { outcome: { status: "skipped", because: "deselected", reason: "--only b" } },
      "non-conforming",
      "a, IGNORÉ : hors sélection : --only b",
    ],
  ])("%s", async (_name, more, verdict, reason) => {
    const report = await reportOf(oneChapter(await tempFolder(), BLOCK, step(more)));
    expect(report.verdict).toBe(verdict);
    const spaces = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
    expect(spaces(report.completeness[0]?.reason ?? "")).toBe(spaces(reason));
  });

  it.each<[string, object, string]>([
    ["an interrupted run", { interrupted: true }, "draft"],
    ["a run without an end", { unfinished: true }, "draft"],
    [
      "a run cut in the middle of a step",
      { unfinished: true, steps: step({ tries: ran, outcome: "pending" }) },
      "draft",
    ],
  ])("calls %s a draft", async (_name, more, verdict) => {
    const spec = { ...oneChapter(await tempFolder(), BLOCK, step({ tries: ran })), ...more };
    expect((await reportOf(spec)).verdict).toBe(verdict);
  });

  it.each<[string, { candidates: readonly string[]; chosen: string | null } | undefined, string]>([
    ["no block serves it", { candidates: [], chosen: null }, "aucun bloc du document ne sert cette capture"],
    [
      "no block can run here",
      { candidates: ["b", "c"], chosen: null },
      "aucun des blocs qui la servent ne peut s’exécuter sur cet inventaire (b, c)",
    ],
    ["the plan does not know it", undefined, "capture absente du plan d’exécution"],
  ])("says why a placeholder is empty: %s", async (_name, planned, reason) => {
    const placeholders = planned === undefined ? [] : [{ id: "1-vue", caption: "vue", chapter: 1, ...planned }];
    const report = await reportOf({ ...oneChapter(await tempFolder(), "[ Capture : vue ]", []), placeholders });
    const [chapter] = report.chapters;
    expect(chapter?.introduction).toEqual<readonly Content[]>([
      { type: "gap", gap: { anchor: "figure-1-vue", caption: "vue", reason } },
    ]);
  });

  it("keeps the captions letter for letter but for spaces, quotes and apostrophes", async () => {
    const caption = 'l\'état... du "quorum" ; 10 Go';
    const id = "1-l-etat-du-quorum-10-go";
    const text = `\`\`\`bash {#a .check capture}\ntrue\n\`\`\`\n\n[ Capture : ${caption} ]`;
    const report = await reportOf(oneChapter(await tempFolder(), text, [{ id: "a", fills: id, tries: ran }]));
    expect(report.figures.map((figure) => figure.caption)).toEqual([
      "l’état... du «\u00a0quorum\u00a0»\u202f; 10\u00a0Go",
    ]);
  });

  it("groups targets that answered exactly alike, and only those", async () => {
    const text =
      '```bash {#a .check on=pve1,pve2,pve3 capture="vue"}\nhostname\n```\n\n[ Capture : vue ]\n\n```bash {#b .check on=pve1,pve2,pve3}\nhostname\n```';
    const tries = ["same", "same", "other"].map((line, index) => ({
      target: `pve${index + 1}`,
      sent: "hostname",
      output: [["stdout", `${line}\n`] as const],
    }));
    const report = await reportOf(
      oneChapter(await tempFolder(), text, [
        { id: "a", fills: "1-vue", targets: ["pve1", "pve2", "pve3"], tries, homogeneous: false },
        { id: "b", targets: ["pve1", "pve2", "pve3"], tries, homogeneous: false },
      ]),
    );
    const targetsOf = (groups: readonly { readonly sightings: readonly { readonly target: string }[] }[] = []) =>
      groups.map(({ sightings }) => sightings.map(({ target }) => target));
    expect(targetsOf(report.blocks[1]?.results)).toEqual([["pve1", "pve2"], ["pve3"]]);
    expect(report.blocks[1]).toMatchObject({ sent: "hostname", homogeneous: false });
    const content = report.figures[0]?.content;
    expect(content?.type === "terminal" && targetsOf(content.groups)).toEqual([["pve1", "pve2"], ["pve3"]]);
  });

  it("orders chapters as rapport.yaml says and names what is out of scope", async () => {
    const chapter = (number: number) => ({
      file: `0${number}.md`,
      chapter: number,
      title: `${number}. T`,
      text: `# ${number}. T\n`,
    });
    const report = await reportOf({
      root: await tempFolder(),
      settings: "titre: T\nchapitres: [5, 3]\n",
      runbooks: [chapter(3), chapter(4), chapter(5)],
      scope: [3, 5],
      steps: [],
    });
    expect(report.chapters.map(({ number }) => number)).toEqual([5, 3]);
    expect(report.scope).toEqual({ chapters: [3, 5], outOfScope: [1, 2, 4] });
  });

  it("shows what a failed capture saw, under its block", async () => {
    const text = "```yaml {#a .browser .check capture=vue}\nview: datacenter/summary\n```\n\n[ Capture : vue ]";
    const picture = { png: bandsPng(800, 400), alternative: "deux nœuds" };
    const failed = { status: "failed" as const, reason: "deux", judgements: [] };
    const steps = [
      { id: "a", kind: "browser" as const, fills: "1-vue", tries: [{ sent: "v", outcome: failed, picture }] },
    ];
    const report = await reportOf(oneChapter(await tempFolder(), text, steps));
    expect(report.blocks[0]?.results[0]?.picture).toMatchObject({
      alternative: "deux nœuds",
      shown: { width: 300, height: 150 },
    });
  });

  it("names the nodes where a guard found the work done, and calls an open guard no failure", async () => {
    const text =
      "```bash {#done .check on=pve1,pve2}\ntrue\n```\n\n```bash {#a .action on=pve1,pve2 unless=#done}\ntrue\n```";
    const failed = { status: "failed" as const, reason: "rien", judgements: [] };
    const guard = { purpose: "guard" as const, onBehalfOf: "a", sent: "true" };
    const steps: readonly StepSpec[] = [
      {
        id: "done",
        targets: ["pve1", "pve2"],
        tries: [
          { ...guard, target: "pve1" },
          { ...guard, target: "pve2", outcome: failed },
        ],
        outcome: passed(),
      },
      { id: "a", role: "action", targets: ["pve1", "pve2"], tries: [{ target: "pve2", sent: "true" }] },
    ];
    const report = await reportOf(oneChapter(await tempFolder(), text, steps));
    expect(report.blocks[1]?.satisfied).toEqual(["pve1"]);
    expect(report.attempts.map(({ target, status }) => [target, status.word])).toEqual([
      ["pve1", "satisfaite"],
      ["pve2", "non satisfaite"],
      ["pve2", "OK"],
    ]);
  });

  it("counts checks and keeps every try", async () => {
    const failed = { status: "failed" as const, reason: "pas encore", judgements: [] };
    const tries = [
      { sent: "true", outcome: failed },
      { sent: "true", outcome: passed() },
    ];
    const report = await reportOf(oneChapter(await tempFolder(), BLOCK, step({ tries })));
    expect(report.counts).toMatchObject({ checks: { passed: 1, expected: 1 }, attempts: 2 });
    expect(report.attempts.map(({ status, retained }) => [status.word, retained])).toEqual([
      ["ÉCHEC", false],
      ["OK", true],
    ]);
  });
});

describe("buildReport() of a folder that was touched", () => {
  it.each<[string, (folder: string) => Promise<void>, string]>([
    ["a changed output", (folder) => appendFile(join(folder, "data/terminal/bloc-001.out"), "x"), "EVIDENCE_ALTERED"],
    ["a missing output", (folder) => rm(join(folder, "data/terminal/bloc-001.out")), "EVIDENCE_FILE_MISSING"],
    ["a changed runbook", (folder) => appendFile(join(folder, "data/runbook/01.md"), "x"), "EVIDENCE_ALTERED"],
    [
      "changed settings",
      (folder) => appendFile(join(folder, "data/runbook/rapport.yaml"), "version: '9'\n"),
      "EVIDENCE_ALTERED",
    ],
    ["a journal without its first line", dropFirstLine, "REPORT_NO_RUN"],
  ])("refuses %s", async (_name, touch, code) => {
    const text = "```bash {#a .check on=pve1}\ntrue\n```";
    const steps = [{ id: "a", tries: [{ sent: "true", output: [["stdout", "ok\n"] as const] }] }];
    const folder = await writeRunFolder(oneChapter(await tempFolder(), text, steps));
    await touch(folder);
    await expect(openRun(folder).then(buildReport)).rejects.toMatchObject({ code });
  });

  async function dropFirstLine(folder: string): Promise<void> {
    const path = join(folder, "data/journal.jsonl");
    const [, ...lines] = (await readFile(path, "utf8")).split("\n");
    await writeFile(path, lines.join("\n"));
  }
});
