import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Block } from "../../engine/model/runbook.ts";
import { readRunbooks } from "../runbooks/read-runbooks.ts";
import { type Cut, cutRun, type Moment } from "../support/interrupted-run.ts";
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
const CUTS: readonly Cut[] = ["kill", "interrupt", "cable", "kill"];
/** Another seed makes another day: CONSTAT_SEED. */
const SEED = Number(process.env["CONSTAT_SEED"] ?? 20_261_123);
/** What is done again each time, and says so. */
const AGAIN = new Set(["lancer-essais", "relancer-essai"]);

interface Planned {
  readonly moment: Moment;
  readonly how: Cut;
}

describe.each(DIALECTS)("on the lab of Proxmox VE %s", (dialect) => {
  it.each(CHAPTERS)(
    "chapter %i, cut anywhere, is brought to its end by the next run",
    async (chapter, scenario) => {
      const random = randomFrom(SEED + chapter);
      const actions = actionsOf(chapter);
      const cuts = CUTS.map(
        (how): Planned => ({
          moment: { step: actions[Math.floor(random() * actions.length)] ?? "", labMs: Math.floor(random() * 12_000) },
          how,
        }),
      );
      await expectConvergence(await openProject(chapter, scenario, dialect), chapter, cuts);
    },
    900_000,
  );

  it("chapter 5, whose engine dies while the node has no power, gives the power back and is tried again", async () => {
    const moment = { step: "couper-victime", labMs: 25_000 };
    await expectConvergence(await openProject(5, "ceph", dialect), 5, [{ moment, how: "kill" }]);
  }, 900_000);
});

/** Cuts one run after the other; then one run brings the chapter to its end, and another finds nothing to change. */
async function expectConvergence(project: LabProject, chapter: number, cuts: readonly Planned[]): Promise<void> {
  const steps = blocksOf(chapter).map(({ id }) => id);
  const log: string[] = [];
  let done = 0;
  for (const { moment, how } of cuts) {
    const { cut, code } = await cutRun(
      project,
      moment,
      how,
      steps.flatMap((id) => ["--only", id]),
    );
    if (cut) done += 1;
    log.push(`${how} ${moment.labMs} ms into #${moment.step}: ${cut ? "cut" : "over before"}, exit ${code}`);
  }
  expect(done, log.join("\n")).toBeGreaterThan(0);
  const finished = await project.run(...steps);
  const what = `${log.join("\n")}\n${finished.stdout}\n${finished.stderr}`;
  const wrong = Object.entries(await stepStatuses(project.folder)).filter(([, status]) =>
    /^(?:failed|errored|blocked)$/.test(status),
  );
  expect(wrong, what).toEqual([]);
  expect([0, 4], what).toContain(finished.code);
  const again = await project.run(...steps);
  const statuses = await stepStatuses(project.folder);
  const changed = actionsOf(chapter).filter((id) => statuses[id] === "passed" && !AGAIN.has(id));
  expect(changed, `${log.join("\n")}\n${again.stdout}`).toEqual([]);
}

/** Actions that the lab's sites have: its nodes are switched by a command. */
function actionsOf(chapter: number): readonly string[] {
  const elsewhere = ({ settings: { when } }: Block) => when?.some((offer) => offer.endsWith(".by=bmc")) === true;
  const blocks = blocksOf(chapter).filter((block) => block.role === "action" && !elsewhere(block));
  return blocks.flatMap(({ id, settings }) => (settings.cleanup === true ? [] : [id]));
}

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
