import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bandsPng } from "../../support/bands-png.ts";
import { type CliProject, cliProject } from "../../support/cli-project.ts";
import { oneChapter } from "../../support/read-report.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";

const TEXT = '```bash {#a .check on=pve1 capture="vue"}\ntrue\n```\n\n[ Capture : vue ]';
const STEP: StepSpec = {
  ...{ id: "a", kind: "browser", fills: "1-vue" },
  tries: [{ sent: "", picture: { png: bandsPng(400, 300), alternative: "une vue" } }],
};

async function prepared(): Promise<{ readonly project: CliProject; readonly run: string }> {
  const project = await cliProject({ "gabarits/cover.hbs": "<header>maison 1</header>" });
  return { project, run: await writeRunFolder(oneChapter(project.path("output"), TEXT, [STEP])) };
}

it("writes one face into another folder, with the pictures it looks for", async () => {
  const { project, run } = await prepared();
  const out = project.path("wiki");
  expect(await project.here("report", run, "--format", "markdown", "--out", out)).toMatchObject({
    code: 0,
    stderr: "",
  });
  const [, address = ""] =
    /!\[[^\]]*\]\((figures\/[^)]*)\)/.exec(await readFile(join(out, "rapport.md"), "utf8")) ?? [];
  expect((await readFile(join(out, address))).subarray(1, 4).toString()).toBe("PNG");
  const page = project.path("page");
  const templates = project.path("gabarits");
  const args = ["report", run, "--format", "html", "--out", page, "--templates", templates, "--html-max", "0,01"];
  expect((await project.here(...args)).code).toBe(0);
  const html = await readFile(join(page, "rapport.html"), "utf8");
  expect(html).toContain("maison 1");
  expect(html).toContain(`<img src="${address}"`);
});

it.each([
  ["without a folder for it", ["--format", "markdown"], /REPORT_OUT.*--out/s],
  ["with nothing to watch", ["--watch", "--out", "x"], /REPORT_WATCH.*--templates/s],
  ["within the run's own folder", ["--format", "html", "--out", "RUN/data"], /OUT_IN_RUN/],
  [
    "of templates that are not there",
    ["--format", "html", "--out", "x", "--templates", "nowhere"],
    /TEMPLATES_NOT_FOUND/,
  ],
])("refuses a face %s", async (_name, args, message) => {
  const { project, run } = await prepared();
  const failed = await project.here("report", run, ...args.map((arg) => arg.replace("RUN", run)));
  expect(failed.code).not.toBe(0);
  expect(failed.stderr).toMatch(message);
});

it("renders again when a template changes, and waits where one has a mistake", async () => {
  const { project, run } = await prepared();
  const out = project.path("apercu");
  await mkdir(out, { recursive: true });
  const page = join(out, "rapport.html");
  const child = project.start("report", run, "--out", out, "--templates", project.path("gabarits"), "--watch");
  let heard = "";
  child.stderr?.on("data", (chunk) => {
    heard += chunk;
  });
  const waits = (count: number) =>
    expect
      .poll(() => heard.split("En attente d’un changement").length - 1, { timeout: 50_000 })
      .toBeGreaterThanOrEqual(count);
  try {
    await waits(1);
    expect(await readFile(page, "utf8")).toContain("maison 1");
    await writeFile(project.path("gabarits/cover.hbs"), "{{nothing}}");
    await expect.poll(() => heard, { timeout: 50_000 }).toMatch(/TEMPLATE_BROKEN.*cover\.hbs, ligne 1/);
    await writeFile(project.path("gabarits/cover.hbs"), "<header>maison 2</header>");
    await expect.poll(() => readFile(page, "utf8"), { timeout: 50_000 }).toContain("maison 2");
  } finally {
    child.kill("SIGINT");
    await once(child, "exit");
  }
});
