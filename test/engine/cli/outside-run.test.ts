import { readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../../engine/cli/main.ts";
import { cliProject } from "../../support/cli-project.ts";
import { writeFullRun } from "../../support/sealed-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function constat(...args: readonly string[]): Promise<{ code: number; err: string }> {
  let err = "";
  const code = await main(args, {
    out: () => {},
    err: (text) => {
      err += text;
    },
    style: (_, text) => text,
    interactive: false,
  });
  return { code, err };
}

describe("what a command writes about a run", () => {
  it.each<[string, (run: string) => readonly string[]]>([
    ["an export beside its payload", (run) => ["export", run, "-f", "junit", "--out", join(run, "junit.xml")]],
    ["exports in a folder to be made", (run) => ["export", run, "-f", "junit,ctrf", "--out", join(run, "data/a/b/")]],
    ["an export behind a link", (run) => ["export", run, "-f", "sarif", "--out", `${run}.lien/x.sarif`]],
    ["a report in its own data/", (run) => ["report", run, "--out", join(run, "data")]],
    ["a report in the folder itself", (run) => ["report", run, "--out", run]],
    ["its archive", (run) => ["seal", run, "--zip", join(run, "essai.zip")]],
    ["a comparison", (run) => ["diff", run, run, "--html", join(run, "diff.html")]],
  ])("never goes into the run's own folder: %s", async (_, args) => {
    const run = await writeFullRun(await tempFolder(), "essai");
    await symlink(join(run, "data"), `${run}.lien`);
    const before = (await readdir(run, { recursive: true })).sort();
    expect(await constat(...args(run))).toEqual({ code: 2, err: expect.stringContaining("OUT_IN_RUN") });
    expect((await readdir(run, { recursive: true })).sort()).toEqual(before);
  });

  it("is refused for a run that is called by its name in output/, by every command that takes one", async () => {
    const { path, constat: inProject } = await cliProject({});
    await writeFullRun(path("output"), "essai");
    for (const args of [["report"], ["export", "-f", "junit"]])
      expect(await inProject(...args, "essai", "--out", path("output/essai/data/x"))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("OUT_IN_RUN"),
      });
  });

  it("may stand beside it, under a name that begins like it", async () => {
    const run = await writeFullRun(await tempFolder(), "essai");
    expect(await constat("export", run, "-f", "sarif", "--out", `${run}-exports/`)).toEqual({ code: 0, err: "" });
    expect(await readdir(`${run}-exports`)).toEqual(["constat.sarif"]);
  });
});
