import { existsSync, mkdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { EXIT, worstOf } from "../../../engine/cli/exit-code.ts";
import { type CliProject, chapter, cliProject } from "../../support/cli-project.ts";

const PASSES = "```bash {#passe .check on=local}\necho oui\n```";
const FAILS = "```bash {#echoue .check on=local}\nfalse\n```";
const ERRS = "```http {#erre .check on=local}\nGET http://127.0.0.1:9/\n```";
const EMPTY =
  '```bash {#vide .check on=local capture="figure absente"}\n#| expect: rien\ntrue\n```\n\n[ Capture : figure absente ]';
const DECLINED = "```bash {#refuse .action on=local confirm=true}\ntrue\n```";
const BLOCKED = `${FAILS}\n\n\`\`\`bash {#bloque .action on=local}\ntrue\n\`\`\``;

/** The run command on the project's chapter, without a report, in this process. */
async function runHere(project: CliProject, ...more: readonly string[]) {
  const { path } = project;
  const where = ["--inventory", path("inventaire.yaml"), "--output", path("output")];
  return await project.here("run", path("03.md"), ...where, "--no-report", ...more);
}

const run = ["run", "03.md", "--inventory", "inventaire.yaml"];

describe("worstOf()", () => {
  it.each([
    [[], 0],
    [[EXIT.incomplete, EXIT.failed], 1],
    [[EXIT.failed, EXIT.environment, EXIT.incomplete], 3],
    [[EXIT.environment, EXIT.author], 2],
    [[EXIT.author, EXIT.interrupted, EXIT.failed], 130],
  ])("of %j is %i", (codes, worst) => {
    expect(worstOf(codes)).toBe(worst);
  });
});

describe("constat run, its exit code", () => {
  it.each([
    ["everything passed", PASSES, 0],
    ["a step failed", `${PASSES}\n\n${FAILS}`, 1],
    ["a step failed and another is blocked", BLOCKED, 1],
    ["nobody could agree to a step", `${PASSES}\n\n${DECLINED}`, 1],
    ["a machine does not answer, and a step failed", `${ERRS}\n\n${FAILS}`, 3],
    ["a figure is missing because its step failed", EMPTY, 1],
    ["an expectation cannot be read", PASSES.replace("echo", "#| expect: '/(/'\necho"), 2],
    ["a mask cannot be read", PASSES.replace("echo", "#| mask: '('\necho"), 2],
    ["a selector cannot be read", PASSES.replace("echo", "#| save: { x: '/(/' }\necho"), 2],
    [
      "a prompt cannot be read",
      PASSES.replace("echo", "#| pty: true\n#| answers: [{ prompt: '(', answer: x }]\necho"),
      2,
    ],
    [
      "a secret is not declared",
      PASSES.replace("echo", "#| pty: true\n#| answers: [{ prompt: x, secret: nul }]\necho"),
      2,
    ],
  ])("when %s", async (_, blocks, code) => {
    const project = await cliProject({ "03.md": chapter(blocks) });
    const ended = await runHere(project);
    expect(ended.code, ended.stdout + ended.stderr).toBe(code);
  });

  it("is 4 when a selection leaves a figure out", async () => {
    const project = await cliProject({ "03.md": chapter(`${PASSES}\n\n${EMPTY}`) });
    const ended = await runHere(project, "--only", "#passe");
    expect(ended.code, ended.stderr).toBe(4);
  });

  it("is 2 when the choices together leave nothing to execute", async () => {
    const project = await cliProject({ "03.md": chapter(`${PASSES.replace("on=", "tags=x on=")}\n\n${FAILS}`) });
    const ended = await runHere(project, "--only", "echoue", "--tag", "x");
    expect([ended.code, existsSync(join(project.folder, "output"))]).toEqual([2, false]);
    expect(ended.stderr).toContain("rien ne serait exécuté");
  });

  it("is 3 without a browser, and the evidence is whole all the same", async () => {
    const project = await cliProject({ "03.md": chapter(PASSES) }, { CONSTAT_BROWSER: "/nonexistent" });
    const ended = await project.constat(...run, "--run", "essai");
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("BROWSER_MISSING");
    expect(ended.stderr).toContain("constat report output/essai");
    expect(
      (await auditRun(join(project.folder, "output", "essai"))).findings.filter(({ severity }) => severity !== "note"),
    ).toEqual([]);
  });

  it("is 3 when the output folder cannot be written, and says which", async () => {
    const project = await cliProject({ "03.md": chapter(PASSES), output: "a file" });
    const ended = await runHere(project);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("EVIDENCE_WRITE_FAILED");
    expect(ended.stderr).not.toContain("INTERNE");
  });

  it("is 130 after an interruption, which ends the step, cleans up and keeps the evidence", async () => {
    const blocks = [
      "```bash {#long .check on=local}\necho commencé\nsleep 600\n```",
      "```bash {#jamais .check on=local}\ntrue\n```",
      "```bash {#menage .action on=local cleanup=true}\necho propre\n```",
    ].join("\n\n");
    const project = await cliProject({ "03.md": chapter(blocks) });
    const child = project.start(...run, "--run", "essai", "--reporter", "detail");
    let shown = "";
    let told = false;
    child.stdout?.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      if (!told && shown.includes("| commencé")) told = child.kill("SIGINT");
    });
    child.stderr?.resume();
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code, shown).toBe(130);
    expect(shown).toContain("Exécution interrompue");
    expect(shown).toContain("| propre");
    const rules = (await auditRun(join(project.folder, "output", "essai"))).findings.map(
      ({ rule, subject }) => `${rule} ${subject}`,
    );
    expect(rules).toContain("step-not-run #jamais");
    expect(rules.some((rule) => /^(?:journal|file|manifest)/.test(rule))).toBe(false);
  });
});

describe("the run folder", () => {
  it("of two runs in one second are two", async () => {
    const project = await cliProject({ "03.md": chapter(PASSES) });
    const both = await Promise.all([1, 2, 3].map(() => project.constat(...run, "--no-report")));
    expect(both.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it.each(["latest", "../ailleurs", "a/b", ".cache", "un.lock", ""])("is never called %j", async (name) => {
    const project = await cliProject({ "03.md": chapter(PASSES) });
    const ended = await runHere(project, "--run", name);
    expect([ended.code, existsSync(join(project.folder, "output"))]).toEqual([2, false]);
  });

  it("is what latest points at, even when the run broke", async () => {
    const project = await cliProject({ "03.md": chapter(PASSES) }, { CONSTAT_BROWSER: "/nonexistent" });
    await project.constat(...run, "--run", "premier", "--no-report");
    await project.constat(...run, "--run", "second");
    expect(readlinkSync(join(project.folder, "output", "latest"))).toBe("second");
  });

  it("is kept when a real folder stands in the place of latest", async () => {
    const project = await cliProject({ "03.md": chapter(PASSES) });
    mkdirSync(join(project.folder, "output", "latest"), { recursive: true });
    const ended = await runHere(project);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("« latest » n’a pas pu être mis à jour");
  });

  it("keeps two documents of one name apart by refusing them", async () => {
    const files = { "a/03.md": chapter(PASSES), "b/03.md": chapter("```bash {#autre .check on=local}\ntrue\n```", 4) };
    const project = await cliProject(files);
    const ended = await project.constat("run", "a/03.md", "b/03.md", "--inventory", "inventaire.yaml", "--no-report");
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("SOURCE_NAMES");
  });
});
