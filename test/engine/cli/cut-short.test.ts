import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { canonicalJson } from "../../../engine/base/digest.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import { chapter, cliProject } from "../../support/cli-project.ts";

const BLOCKS = [
  '```bash {#fini .check on=local capture="déjà là"}\n#| expect: répondu\necho répondu\n```',
  "[ Capture : déjà là ]",
  // It goes on for as long as the engine lives, however late that is killed.
  "```bash {#long .check on=local timeout=10m}\necho commencé\nwhile kill -0 $PPID 2>/dev/null; do sleep 0.2; done\n```",
].join("\n\n");

/** A run that was killed in its second step, which no program can see coming. */
async function killedRun() {
  const project = await cliProject({ "03.md": chapter(BLOCKS) });
  const child = project.start("run", "03.md", "-i", "inventaire.yaml", "--run", "essai", "--reporter", "detail");
  child.stderr?.resume();
  child.stdout?.on("data", (chunk: Buffer) => {
    if (chunk.toString().includes("| commencé")) child.kill("SIGKILL");
  });
  await once(child, "close");
  return { project, folder: join(project.folder, "output", "essai") };
}

describe("a run that was killed", () => {
  it("keeps all that was answered, is audited without false blame, and gives a report that says so", async () => {
    const { project, folder } = await killedRun();
    const { events, read } = await openRun(folder);
    const ended = events.flatMap((event) => (event.type === "step-finished" ? [event.step] : []));
    expect(ended).toEqual(["fini"]);
    expect((await read("terminal/bloc-001.out")).toString()).toBe("répondu\n");

    const audited = await project.constat("audit");
    expect(audited.code).toBe(1);
    expect(audited.stdout).toContain("Audit de essai");
    const { findings } = await auditRun(folder);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const rules = findings.map(({ rule }) => rule);
    for (const rule of ["run-unfinished", "attempt-unfinished", "step-not-run", "file-unfinished"])
      expect(rules).toContain(rule);

    const reported = await project.constat("report", "output/essai");
    expect(reported.code, reported.stderr).toBe(0);
    expect(reported.stdout).toContain("figures 1/1");
    expect((await readdir(folder)).sort()).toEqual(["data"]);
    expect((await auditRun(folder)).findings.filter(({ severity }) => severity === "error")).toEqual([]);

    const again = await project.constat("run", "03.md", "-i", "inventaire.yaml", "--run", "essai", "--no-report");
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining("RUN_EXISTS")]);
  }, 300_000);
});

describe("constat report", () => {
  it("makes nothing right that somebody changed: only its own two files are entered anew", async () => {
    const text = chapter("```bash {#a .check on=local}\necho oui\n```");
    const project = await cliProject({ "03.md": text });
    const ran = await project.here(
      ...["run", project.path("03.md"), "-i", project.path("inventaire.yaml")],
      ...["--output", project.path("output"), "--run", "essai", "--no-seal"],
    );
    expect(ran.code, ran.stderr).toBe(0);
    const folder = project.path("output/essai");
    expect((await auditRun(folder)).findings.filter(({ severity }) => severity !== "note")).toEqual([]);
    const path = join(folder, "data/run.json");
    const summary = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, `${canonicalJson({ ...summary, note: "ajoutée" })}\n`);
    const reported = await project.here("report", folder);
    expect(reported.code, reported.stderr).toBe(0);
    const { findings } = await auditRun(folder);
    expect(findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(["file-changed run.json"]);
  });
});
