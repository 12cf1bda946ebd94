import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { beforeEach, describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { type CliProject, chapter, cliProject } from "../../support/cli-project.ts";
import { testPng } from "../../support/test-png.ts";

const TEXT = chapter(
  [
    '```bash {#a .check on=local capture="bonjour"}\n#| expect: bonjour\necho bonjour\n```',
    '```text {#baie .manual capture="baie et câblage"}\nPhotographier.\n```',
    '```text {#face .manual capture="face arrière"}\nPhotographier.\n```',
    "[ Capture : bonjour ]\n\n[ Capture : baie et câblage ]\n\n[ Capture : face arrière ]",
  ].join("\n\n"),
);

let project: CliProject;
let files: Readonly<Record<string, string>>;

/** A sealed run in which nobody was there to give two of three pictures. */
async function newRun(): Promise<string> {
  const output = project.path(`output-${crypto.randomUUID()}`);
  const inventory = project.path("inventaire.yaml");
  const ran = await project.here("run", project.path("03.md"), "-i", inventory, "--output", output, "--no-report");
  expect(ran.code, ran.stderr).toBe(4);
  return join(output, "latest");
}

const add = (run: string, ...args: readonly string[]) =>
  project.here("capture", "add", ...args, "--run", run, "--no-report");
const SAID = ["--origin", "photographiée le 12 mars", "--yes"] as const;

beforeEach(async () => {
  project = await cliProject({ "03.md": TEXT, "photos/note.txt": "rien" });
  for (const [name, size] of [
    ["baie-et-cablage.png", 9],
    ["fig 3 arriere.png", 10],
    ["bonjour.png", 11],
    ["vacances.png", 12],
  ] as const)
    await writeFile(project.path(`photos/${name}`), testPng(size, size));
  files = {
    photos: project.path("photos"),
    one: project.path("photos/vacances.png"),
    text: project.path("photos/note.txt"),
  };
});

describe("constat capture add", () => {
  it("matches a folder by caption and by number, seals again, and says everywhere who gave what", async () => {
    const run = await newRun();
    const added = await add(run, files["photos"] ?? "", ...SAID);
    // One file of the folder belongs to no capture: the others are added, and the exit code says so.
    expect(added.code, added.stderr).toBe(2);
    expect(added.stderr).toContain("vacances.png : aucune capture");
    expect(added.stderr).toContain("bonjour.png : la capture est déjà là, prise par #a");
    expect(added.stdout).toContain("n° 2, « baie et câblage » : baie-et-cablage.png");
    expect(added.stdout).toContain("scellement n° 2");
    const audited = await auditRun(run);
    expect(audited.findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      "note figure-given",
      "note figure-given",
    ]);
    expect(audited.seal.state).toBe("unknown-signer");
    expect(audited.placeholders.map(({ filledBy, givenBy }) => filledBy ?? givenBy)).toEqual([
      "a",
      expect.stringContaining("@"),
      expect.stringContaining("@"),
    ]);
    const report = await buildReport(await openRun(run));
    expect(report.counts.placeholders).toEqual({ filled: 3, expected: 3, reused: 0, given: 2 });
    expect(report.figures[1]).toMatchObject({
      given: { attestation: expect.stringContaining("pas retouchée") },
      content: { picture: { url: "photographiée le 12 mars (baie-et-cablage.png)" } },
    });
    const listed = await project.here("capture", "list", run, "--json");
    expect(JSON.parse(listed.stdout).map(({ filled }: { filled: { by: string } }) => filled.by)).toEqual([
      "step",
      "person",
      "person",
    ]);
    expect((await project.here("list", join(run, ".."), "--json")).stdout).toContain('"verdict": "conforme"');
  });

  it("gives another picture with --replace only, keeps the first, and a later run takes it over", async () => {
    const run = await newRun();
    expect((await add(run, "2", files["one"] ?? "", ...SAID)).code).toBe(0);
    expect(await add(run, "2", files["one"] ?? "", ...SAID)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("CAPTURE_FILLED"),
    });
    const again = await add(run, "baie et cablage", join(files["photos"] ?? "", "bonjour.png"), ...SAID, "--replace");
    expect(again.code, again.stderr).toBe(0);
    expect((await auditRun(run)).findings.every(({ severity }) => severity !== "error")).toBe(true);
    const { events } = await openRun(run);
    expect(events.filter(({ type }) => type === "figure-given")).toHaveLength(2);
    const [output, inventory] = [project.path("autre"), project.path("inventaire.yaml")];
    const next = await project.here(
      "run",
      project.path("03.md"),
      "-i",
      inventory,
      "--output",
      output,
      "--no-report",
      "--reuse",
      run,
    );
    expect(next.stdout, next.stderr).toContain("figures 2/3, dont 1 reprise");
    const report = await buildReport(await openRun(join(output, "latest")));
    expect(report.figures[1]).toMatchObject({
      reused: { run: basename((await openRun(run)).folder) },
      content: { picture: { url: expect.stringMatching(/^image donnée par .*bonjour\.png/) } },
    });
  });

  it("does not seal a report that shows less than the evidence, says how to make it again, and goes on adding", async () => {
    const run = await newRun();
    const pdf = await PDFDocument.create();
    pdf.addPage();
    await pdf.attach(new TextEncoder().encode("{}"), "rendu.json", { mimeType: "application/json" });
    await writeFile(join(run, "data/rapport.pdf"), await pdf.save());
    for (const [number, file] of [
      ["2", "baie-et-cablage.png"],
      ["3", "bonjour.png"],
    ] as const) {
      const added = await add(run, number, join(files["photos"] ?? "", file), ...SAID);
      expect(added.code, added.stderr).toBe(0);
      expect(added.stderr).toContain("ne montre pas encore ce qui est ajouté");
      expect(added.stdout).not.toContain("Scellé");
    }
    expect((await openRun(run)).events.filter(({ type }) => type === "figure-given")).toHaveLength(2);
  });

  it("leaves the run as it is when it refuses", async () => {
    const run = await newRun();
    const journal = () => readFile(join(run, "data/journal.jsonl"), "utf8");
    const before = await journal();
    const one = files["one"] ?? "";
    for (const [args, said] of [
      [["face ariere", one, ...SAID], "Vouliez-vous dire « face arrière » ?"],
      [["bonjour", one, ...SAID, "--replace"], "CAPTURE_FILLED"],
      [["2", one, "--origin", "ici"], "CAPTURE_ATTEST"],
      [["2", one, "--origin", " ", "--yes"], "CAPTURE_ORIGIN"],
      [["2", files["text"] ?? "", ...SAID], "n’est ni un PNG ni un JPEG"],
      [[one, ...SAID], "rien ne dit quelle capture"],
      [["2", project.path("absente.png"), ...SAID], "PICTURE_UNREADABLE"],
      [["2", one, "--yes"], "--origin"],
      [["2", one, ...SAID, "--chapter", "4"], "CAPTURE_UNKNOWN"],
    ] as const) {
      const ended = await add(run, ...args);
      expect(ended.stderr, args.join(" ")).toContain(said);
      expect(ended.code).toBeGreaterThan(1);
    }
    expect(await journal()).toBe(before);
    await writeFile(join(run, "data/journal.jsonl"), before.replace("bonjour", "bonsoir"));
    expect(await add(run, "2", one, ...SAID)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("CAPTURE_BROKEN"),
    });
  });
});
