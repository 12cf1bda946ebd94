import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { labProject, stepStatuses } from "../support/lab-run.ts";

it("docs/attendre.md does what it says: each of its states is reached and held, after a real reboot of a node", async () => {
  const folder = await mkdtemp(join(tmpdir(), "constat-attendre-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const project = await labProject(folder, { scenario: "termine" });
  const { code, stdout, stderr } = await project.constat("run", "docs/attendre.md", "--yes", "--no-report");
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  expect(Object.values(await stepStatuses(folder))).toEqual(Array.from({ length: 8 }, () => "passed"));
  expect(stdout).toMatch(/pas encore \(essai \d+, .* sur 10 min\) : /);
}, 180_000);
