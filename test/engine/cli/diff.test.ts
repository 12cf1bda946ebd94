import { appendFile, readdir, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeManifest } from "../../../engine/evidence/index.ts";
import { type CliProject, cliProject } from "../../support/cli-project.ts";
import { type DiffSpec, printed, writtenRun } from "../../support/diff-runs.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { writeSampleRun } from "../../support/sample-run.ts";

async function projectWith(runs: Readonly<Record<string, DiffSpec>>): Promise<CliProject> {
  const project = await cliProject({});
  for (const [name, spec] of Object.entries(runs)) {
    await writtenRun(project.path("output"), name, spec);
    await writeManifest(project.path(`output/${name}`));
  }
  return project;
}

const run = (text: string): DiffSpec => ({ steps: [printed("a", `${text}\n`)] });

describe("constat diff", () => {
  it("answers 0 for two runs without a difference, and names them as they are called in output/", async () => {
    const project = await projectWith({ un: run("x 12:00:00"), deux: run("x 13:00:00") });
    const { code, stdout, stderr } = await project.constat("diff", "un", "latest");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Aucune différence au-delà des règles et de la tolérance.");
    expect(await readdir(project.path("output"))).toContain("diff-un--deux.html");
    expect(await readdir(project.path("output/deux"))).toEqual(["data", "manifest-sha256.txt"]);
  });

  it("answers 1 with a summary of what differs", async () => {
    const project = await projectWith({ un: run("x"), deux: run("y") });
    const { code, stdout } = await project.here(
      "diff",
      project.path("output/un"),
      project.path("output/deux"),
      "--no-html",
    );
    expect(code).toBe(1);
    expect(stdout).toContain("Réponses : 1 différence\n  #a sur pve1, sortie\n      − x\n      + y\n");
    expect(await readdir(project.path("output"))).not.toContain("diff-un--deux.html");
  });

  it("prints JSON alone when asked, and a page only where it is named", async () => {
    const project = await projectWith({ un: run("x"), deux: run("y") });
    const paths = [project.path("output/un"), project.path("output/deux")];
    const quiet = await project.here("diff", ...paths, "--json");
    expect(JSON.parse(quiet.stdout)).toMatchObject({ format: "constat-diff", different: true, html: null });
    const page = project.path("ailleurs/page.html");
    const named = await project.here("diff", ...paths, "--json", "--html", page);
    expect(JSON.parse(named.stdout)).toMatchObject({ html: page });
  });

  describe("of runs that are damaged", () => {
    const root = keptFolder();
    const damages: readonly (readonly [string, (folder: string) => Promise<void>, string])[] = [
      ["a missing file", (folder) => unlink(join(folder, "data/terminal/bloc-001.out")), "[file-missing]"],
      [
        "a changed file",
        (folder) => writeFile(join(folder, "data/terminal/bloc-001.out"), "autre\n"),
        "[file-changed]",
      ],
      ["a line more", (folder) => appendFile(join(folder, "data/journal.jsonl"), "{}\n"), "[journal-line]"],
      ["an end that is missing", (folder) => unlink(join(folder, "data/run.json")), "[run-summary]"],
    ];
    it.each(damages)("says so of %s, never 0", async (name, harm, rule) => {
      const project = await cliProject({});
      const output = join(root(), name.replaceAll(" ", "-"));
      const [whole, broken] = [await writeSampleRun(output, "un"), await writeSampleRun(output, "deux")];
      expect((await project.here("diff", whole, broken, "--no-html")).code).toBe(0);
      await harm(broken);
      const { code, stdout } = await project.here("diff", whole, broken, "--no-html");
      expect(code).toBe(1);
      expect(stdout).toContain("Preuves abîmées (nouvelle)");
      expect(stdout).toContain(rule);
    });
  });

  it("says of a run that was cut short that it was, never 0", async () => {
    const project = await projectWith({
      un: { ...run("x"), unfinished: true },
      deux: { ...run("x"), unfinished: true },
    });
    const { code, stdout } = await project.here(
      "diff",
      project.path("output/un"),
      project.path("output/deux"),
      "--no-html",
    );
    expect(code).toBe(1);
    expect(stdout).toContain("inachevée");
    expect(stdout).toContain("[run-unfinished]");
  });

  it.each<[string, readonly string[], number, string]>([
    ["no run", [], 2, "il manque l’argument « ancienne »"],
    ["a folder that is no run", ["/nulle-part", "un"], 2, "EVIDENCE_NOT_FOUND"],
    ["a rule that does not exist", ["un", "un", "--ignore", "horodatage"], 2, "Vouliez-vous dire « horodatages » ?"],
    ["a pattern that does not read", ["un", "un", "--ignore", "/(/"], 2, "parenthèse jamais fermée"],
    ["a path that is none", ["un", "un", "--ignore", "$.a["], 2, "n’est pas un chemin JSONPath"],
    ["a tolerance beyond all", ["un", "un", "--tolerance", "101"], 2, "un pourcentage de 0 à 100 est attendu"],
    ["a page inside a run", ["un", "un", "--html", "un/page.html"], 2, "OUT_IN_RUN"],
  ])("refuses %s", async (_, args, expected, words) => {
    const project = await projectWith({ un: run("x") });
    const place = (word: string) => (/^un(?:\/|$)/.test(word) ? project.path(`output/${word}`) : word);
    const { code, stderr } = await project.here("diff", ...args.map(place));
    expect([code, stderr]).toEqual([expected, expect.stringContaining(words)]);
  });

  it("lists its rules", async () => {
    const project = await cliProject({});
    const { code, stdout } = await project.here("diff", "--rules");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^horodatages .*dates et heures/m);
    expect(stdout).toMatch(/^identifiants +\(non\)/m);
  });

  it("takes a rule away, adds another, and takes per cents as French writes them", async () => {
    const project = await projectWith({
      un: run("12:00:00 a7030712-8c3e-4cca-b434-8a7edc49ad36"),
      deux: run("13:00:00 95de9425-01e8-46ca-ad74-ee5bf5fa1800"),
    });
    await symlink("un", project.path("output/lien"));
    const paths = [project.path("output/lien"), project.path("output/deux")];
    const exit = async (...options: readonly string[]) =>
      (await project.here("diff", ...paths, "--no-html", ...options)).code;
    expect(await exit()).toBe(1);
    expect(await exit("--ignore", "identifiants", "--tolerance", "0,5 %")).toBe(0);
    expect(await exit("--ignore", "identifiants", "--compare", "horodatages")).toBe(1);
    expect(await exit("--compare", "toutes", "--ignore", "/\\d\\d:00:00 .*/")).toBe(0);
  });
});
