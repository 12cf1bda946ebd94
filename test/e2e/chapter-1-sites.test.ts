import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import { testPng } from "../support/test-png.ts";

/** What only somebody in front of the server, or its controller, can show. */
const BY_HAND = 7;

// Nodes that were installed before, and whose servers have no controller in the inventory: what most sites begin with.
describe("chapter 1 on a site without controllers whose pve1 is installed", () => {
  let project: LabProject;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    project = await startLabProject(folder, { scenario: "trois-noeuds", chapters: [1] });
  }, 60_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  const captions = async () => {
    const events = await latestEvents(project.folder);
    const started = events.find((event) => event.type === "run-started");
    const filled = new Set(events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : [])));
    const all = started?.placeholders ?? [];
    return { filled: all.filter(({ id }) => filled.has(id)), open: all.filter(({ id }) => !filled.has(id)) };
  };

  it("checks the node, says which pictures are missing, and asks for no installation", async () => {
    const { code, stdout, stderr } = await project.constat("run", "runbooks", "--yes");
    expect(code, `${stdout}\n${stderr}`).toBe(4);
    const statuses = await stepStatuses(project.folder);
    expect(statuses["installer-sur-place"]).toMatch(/satisfied|not-chosen/);
    expect(Object.values(statuses).filter((status) => status === "failed" || status === "errored")).toEqual([]);
    const { filled, open } = await captions();
    expect([filled.length, open.length]).toEqual([10 - BY_HAND, BY_HAND]);
    for (const { caption } of open) expect(stdout + stderr, caption).toContain(caption);
  }, 120_000);

  it("takes the pictures that were made at the time", async () => {
    const { open } = await captions();
    const folder = join(project.folder, "photos");
    await mkdir(folder);
    for (const { caption } of open)
      await writeFile(join(folder, `${caption.replaceAll("/", "-")}.png`), testPng(640, 480));
    const { code, stdout, stderr } = await project.constat("run", "runbooks", "--yes", "--pictures", folder);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    expect((await captions()).open).toEqual([]);
  }, 120_000);
});
