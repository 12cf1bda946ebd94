import { readdirSync, readFileSync, statSync } from "node:fs";
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

  it("leave nothing of a session in any run folder", async () => {
    const runs = join(project.folder, "output");
    const files = readdirSync(runs, { recursive: true, encoding: "utf8" }).filter((path) => !path.startsWith("lab"));
    const secrets = readdirSync(join(runs, "lab", "secrets"))
      .map((name) => readFileSync(join(runs, "lab", "secrets", name), "utf8").trim())
      .filter((text) => text.length > 7);
    const texts = files.flatMap((path) => {
      const file = join(runs, path);
      return statSync(file).isFile() ? [{ path, text: readFileSync(file, "latin1") }] : [];
    });
    expect(texts.length).toBeGreaterThan(20);
    expect(secrets.length).toBeGreaterThan(0);
    // Tickets, whole or half, as they are and percent-encoded; CSRF tokens; cookies.
    const session =
      /PVE(?::|%3A)(?:!tfa!|%21tfa%21)?[^\s"':%]{1,60}(?::|%3A|%40pam%3A)[0-9A-F]{8}(?:::|%3A%3A)|\b[0-9A-F]{8}:[A-Za-z0-9+/]{43}\b|PVEAuthCookie=\S|totp:\d{6}/;
    expect(
      session.test("PVE:root@pam:6923B04C::x") && session.test("PVEAuthCookie=PVE%3Aroot%40pam%3A6923B04C%3A%3Ax"),
    ).toBe(true);
    expect(texts.filter(({ text }) => session.test(text)).map(({ path }) => path)).toEqual([]);
    expect(texts.filter(({ text }) => secrets.some((secret) => text.includes(secret))).map(({ path }) => path)).toEqual(
      [],
    );
  });
});
