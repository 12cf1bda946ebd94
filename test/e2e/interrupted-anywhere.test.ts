import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Block } from "../../engine/model/runbook.ts";
import { readRunbooks } from "../runbooks/read-runbooks.ts";
import { type Cut, cutRun } from "../support/interrupted-run.ts";
import { type LabProject, startLabProject, stepStatuses } from "../support/lab-run.ts";

/** Chapters with the scenario that they begin in; the last two build upon a machine that is there. */
const CHAPTERS = [
  [3, "trois-noeuds"],
  [4, "cluster"],
  [5, "ceph"],
  [6, "ha"],
  [7, "migration"],
] as const;
const DIALECTS = ["9", "8.4"] as const;
const CUTS: readonly Cut[] = ["kill", "interrupt", "cable"];
/** Cuts of one chapter. Another seed makes another day: CONSTAT_SEED. */
const TIMES = 5;
const SEED = Number(process.env["CONSTAT_SEED"] ?? 20_261_123);
/** What is done again each time, and says so. */
const AGAIN = new Set(["lancer-essais", "relancer-essai"]);

describe.each(DIALECTS)("on the lab of Proxmox VE %s", (dialect) => {
  it.each(CHAPTERS)(
    "chapter %i, cut %#, is brought to its end by the next run",
    async (chapter, scenario) => {
      const blocks = blocksOf(chapter);
      const only = blocks.flatMap(({ id }) => ["--only", id]);
      const actions = blocks.filter(({ role, kind }) => role === "action" && kind === "shell").map(({ id }) => id);
      const project = await openProject(chapter, scenario, dialect);
      const random = randomFrom(SEED + chapter);
      const log: string[] = [];
      for (let turn = 0; turn < TIMES; turn += 1) {
        const step = actions[Math.floor(random() * actions.length)] ?? "";
        const how = CUTS[turn % CUTS.length] ?? "kill";
        const labMs = Math.floor(random() * 12_000);
        const { cut, code } = await cutRun(project, { step, labMs }, how, only);
        log.push(`${how} ${labMs} ms into #${step}: ${cut ? "cut" : "over before"}, exit ${code}`);
      }
      const finished = await project.run(...blocks.map(({ id }) => id));
      const what = `${log.join("\n")}\n${finished.stdout}\n${finished.stderr}`;
      const statuses = Object.entries(await stepStatuses(project.folder));
      const wrong = statuses.filter(([, status]) => /^(?:failed|errored|blocked)$/.test(status));
      expect(wrong, what).toEqual([]);
      expect([0, 4], what).toContain(finished.code);
      await project.run(...blocks.map(({ id }) => id));
      const second = await stepStatuses(project.folder);
      const done = actions.filter((id) => second[id] === "passed" && !AGAIN.has(id));
      expect(done, what).toEqual([]);
    },
    900_000,
  );
});

async function openProject(chapter: number, scenario: string, dialect: "9" | "8.4"): Promise<LabProject> {
  const folder = await mkdtemp(join(tmpdir(), "constat-cut-"));
  const project = await startLabProject(folder, { scenario, dialect, chapters: [chapter] });
  onTestFinished(async () => {
    await project.lab.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return project;
}

/** Everything of a chapter but the pictures that stand alone, which change nothing. */
function blocksOf(chapter: number): readonly Block[] {
  return readRunbooks().flatMap(({ blocks }) =>
    blocks.filter((block) => block.chapter === chapter && block.kind !== "browser" && block.kind !== "manual"),
  );
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
