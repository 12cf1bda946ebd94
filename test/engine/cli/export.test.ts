import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type CliProject, chapter, cliProject } from "../../support/cli-project.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { sampleRun } from "../../support/report-run.ts";
import { writeRunFolder } from "../../support/run-folder.ts";

const root = keptFolder();
let run = "";
beforeAll(async () => {
  run = await writeRunFolder(await sampleRun(root()));
});

const project = (): Promise<CliProject> => cliProject({ "03.md": chapter("Rien.") });

describe("constat export", () => {
  it("writes one format to a file, or to standard output", async () => {
    const { here, path } = await project();
    const ended = await here("export", run, "--format", "junit", "--out", path("sous/junit.xml"));
    expect([ended.code, ended.stderr]).toEqual([0, ""]);
    expect(ended.stdout).toMatch(/^junit : .*junit\.xml \(\d+ octets\)\n$/);
    const printed = await here("export", run, "--format", "junit");
    expect(printed.stdout).toBe(readFileSync(path("sous/junit.xml"), "utf8"));
  });

  it("writes several formats into a folder", async () => {
    const { here, path } = await project();
    const ended = await here(
      "export",
      run,
      "-f",
      "ctrf,markdown",
      "-f",
      "sarif",
      "-f",
      "ctrf",
      "--out",
      path("exports"),
    );
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout.split("\n").map((line) => line.split(" : ")[0])).toEqual(["ctrf", "markdown", "sarif", ""]);
    expect(readFileSync(path("exports/resume.md"), "utf8")).toContain("Non conforme");
  });

  it.each<[string, readonly string[], string]>([
    ["several formats and nowhere to put them", ["-f", "junit,ctrf"], "EXPORT_OUT"],
    ["a format that nobody knows", ["-f", "jnit"], "l’un de ces formats est attendu"],
    ["no format", [], "il manque l’option « --format »"],
  ])("refuses %s", async (_, args, said) => {
    const { here } = await project();
    const ended = await here("export", run, ...args);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(said);
  });

  it("refuses to put several formats where a file is", async () => {
    const { here, path } = await project();
    const ended = await here("export", run, "-f", "junit,ctrf", "--out", path("03.md"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("est un fichier")]);
  });

  it("still says in SARIF what is wrong with evidence that gives no report any more", async () => {
    const { here } = await project();
    const broken = await writeRunFolder({ ...(await sampleRun(root())), run: "altere" });
    writeFileSync(join(broken, "data/terminal/bloc-001.out"), "autre chose\n");
    expect(await here("export", broken, "-f", "ctrf")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("EVIDENCE_ALTERED"),
    });
    const { code, stdout } = await here("export", broken, "-f", "sarif");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).runs[0].results).toContainEqual(
      expect.objectContaining({
        ruleId: "file-changed",
        level: "error",
        locations: [{ physicalLocation: { artifactLocation: { uri: "data/terminal/bloc-001.out" } } }],
      }),
    );
  });
});
