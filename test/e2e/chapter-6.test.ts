import { describe, expect, it } from "vitest";
import { openRun } from "../../engine/evidence/index.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { chapterRun, expectFilled } from "../support/chapter-run.ts";
import { latestEvents, stepStatuses } from "../support/lab-run.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

const CAPTIONS = [
  "VM utilisant le stockage Ceph",
  "état du cluster avant migration",
  "lancement de la migration à chaud",
  "VM exécutée sur le nœud cible",
];

const RUN = ["run", "runbooks", "--yes", "--no-report"] as const;

// The tests of one dialect build on one another: migrate, look at what was kept, run again.
describe.each(DIALECTS)("chapter 6 on the lab of Proxmox VE %s", (dialect) => {
  const run = chapterRun({ scenario: "ha", dialect, chapters: [6] });

  it("moves the machine while it runs and fills all four placeholders", () => {
    expectFilled(run, CAPTIONS);
    const { world } = run.project.lab;
    expect([...world.nodes.values()].map((node) => node.guests.get(100)?.status)).toEqual([
      undefined,
      "running",
      undefined,
    ]);
  });

  it("keeps the log of the migration with its rounds, and a figure with the assertion behind it", async () => {
    const record = await openRun(run.firstRun);
    const finished = run.events.findLast((event) => event.type === "attempt-finished" && event.step === "migrer");
    if (finished?.type !== "attempt-finished") throw new Error("no attempt of migrer");
    const log = finished.artefacts.find(({ role }) => role === "task-log");
    const text = (await record.read(log?.path ?? "")).toString("utf8");
    expect(text).toMatch(/migration active, transferred [\d.]+ MiB of 4\.0 GiB VM-state/);
    expect(text).toMatch(/average migration speed: [\d.]+ MiB\/s - downtime \d+ ms/);
    for (const event of run.events) {
      if (event.type !== "placeholder-filled" || event.figure.type !== "picture") continue;
      expect(event.figure.judgements.length, event.placeholder).toBeGreaterThan(1);
    }
  });

  it("measures the continuity while it happens: no interruption that a ping each second can see", async () => {
    const finished = run.events.findLast(
      (event) => event.type === "step-finished" && event.step === "migration-continuite",
    );
    expect(finished?.type === "step-finished" ? finished.outcome.status : undefined).toBe("passed");
    expect(JSON.stringify(finished)).toContain("interruption");
  });

  it("migrates nothing when it is run again, and keeps the pictures of before", async () => {
    const { world } = run.project.lab;
    const tasks = () => [...world.nodes.values()].map((node) => node.tasks.length);
    const before = tasks();
    const second = await run.project.constat(...RUN, "--reuse", run.firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(run.project.folder);
    for (const step of ["cluster-avant", "fenetre-migration", "migrer"]) expect(statuses[step], step).toBe("satisfied");
    expect(tasks()).toEqual(before);
    expect(nodeOf(world, "pve2").guests.has(100)).toBe(true);
    const reused = (await latestEvents(run.project.folder)).filter((event) => event.type === "figure-reused");
    expect(reused).toHaveLength(2);
  }, 240_000);
});
