import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KIND_NAMES } from "../../engine/model/runbook.ts";
import { type LabProject, startLabProject, stepStatuses } from "../support/lab-run.ts";
import { testPng } from "../support/test-png.ts";

const DOCS = join(import.meta.dirname, "../../docs");

/** What waits for Ceph and HA needs a lab of its own: attendre.test.ts. */
const ELSEWHERE = "attendre.md";

/** Pages with front matter of a runbook: those are executed. */
const PAGES = readdirSync(DOCS, { recursive: true, encoding: "utf8" })
  .filter(
    (path) =>
      path.endsWith(".md") && path !== ELSEWHERE && readFileSync(join(DOCS, path), "utf8").startsWith("---\nconstat:"),
  )
  .sort();

describe("the pages of docs/", () => {
  let project: LabProject;

  beforeAll(async () => {
    project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-docs-")), { scenario: "cluster" });
    await mkdir(join(project.folder, "images"));
    await writeFile(join(project.folder, "images", "baie et câblage du serveur.png"), testPng(80, 60));
  });

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it("include one for each kind of block", () => {
    expect(PAGES.length).toBeGreaterThanOrEqual(KIND_NAMES.length);
  });

  it.each(PAGES)(
    "%s does what it says",
    async (page) => {
      const path = join("docs", page);
      const linted = await project.constat("lint", "--quiet", path, "--inventory", "output/lab/inventory.yaml");
      expect(`${linted.stdout}${linted.stderr}`).toBe("");
      const { code, stdout, stderr } = await project.constat(
        "run",
        path,
        "--yes",
        "--no-report",
        "--run",
        page.replaceAll(/\W/g, "-"),
        // The page about what a person does is answered by a picture that lies ready; the others ask nobody.
        "--pictures",
        "images",
      );
      expect(code, `${stdout}\n${stderr}`).toBe(0);
      const statuses = Object.values(await stepStatuses(project.folder));
      expect(statuses.filter((status) => status === "passed").length).toBeGreaterThan(0);
    },
    120_000,
  );
});
