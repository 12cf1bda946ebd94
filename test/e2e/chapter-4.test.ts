import { describe, expect, it } from "vitest";
import { chapterRun, expectFilled } from "../support/chapter-run.ts";
import { latestEvents, stepStatuses } from "../support/lab-run.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

const CAPTIONS = [
  "vue des disques disponibles sur un nœud Proxmox",
  "installation de Ceph depuis l’interface Proxmox",
  "état des services MON et MGR",
  "création d’un OSD sur pve1",
  "liste des OSD sur l’ensemble du cluster",
  "création du pool Ceph",
  "stockage Ceph visible dans Proxmox",
  "état de santé du cluster Ceph",
];

describe.each(DIALECTS)("chapter 4 on the lab of Proxmox VE %s", (dialect) => {
  const run = chapterRun({ dialect, scenario: "cluster", chapters: [4] });

  it("builds Ceph and fills all eight placeholders", () => {
    expectFilled(run, CAPTIONS);
  });

  it("leaves three monitors, three managers, three OSDs, and a pool kept three times", () => {
    const node = run.project.lab.world.nodes.get("pve2");
    const ceph = node?.database.ceph;
    expect(ceph?.mons.map((mon) => [mon.name, mon.inQuorum])).toEqual([
      ["pve1", true],
      ["pve2", true],
      ["pve3", true],
    ]);
    expect(ceph?.mgrs).toHaveLength(3);
    expect(ceph?.osds.map((osd) => [osd.node, osd.device, osd.up, osd.in])).toEqual([
      ["pve1", "/dev/sdb", true, true],
      ["pve2", "/dev/sdb", true, true],
      ["pve3", "/dev/sdb", true, true],
    ]);
    expect(ceph?.pools.find((pool) => pool.name === "ceph-vm")).toMatchObject({ size: 3, minSize: 2 });
    expect(node?.database.storages.find((storage) => storage.id === "ceph-vm")).toMatchObject({ type: "rbd" });
  });

  it("keeps an assertion on the data with each of the eight captures", () => {
    for (const event of run.events) {
      if (event.type !== "placeholder-filled") continue;
      const judged = run.events.flatMap((other) =>
        other.type === "attempt-finished" && event.attempts.includes(other.attempt) && other.outcome.status === "passed"
          ? [other.outcome.judgements.length]
          : [],
      );
      expect(Math.max(0, ...judged), event.placeholder).toBeGreaterThan(0);
    }
  });

  it("changes nothing when it is run again, and keeps the pictures of what is no more", async () => {
    const state = () => {
      const ceph = run.project.lab.world.nodes.get("pve1")?.database.ceph;
      return JSON.stringify([ceph?.config, ceph?.mons, ceph?.mgrs, ceph?.osds, ceph?.pools, ceph?.epochs]);
    };
    const before = state();
    const second = await run.project.constat("run", "runbooks", "--yes", "--no-report", "--reuse", run.firstRun);
    expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
    const statuses = await stepStatuses(run.project.folder);
    const changing = Object.keys(statuses).filter((id) => /^(?:creer|installer|initialiser|declarer)-/.test(id));
    expect(changing).toHaveLength(13);
    for (const id of [...changing, "disques-disponibles", "assistant-ceph", "fenetre-osd", "fenetre-pool"]) {
      expect([id, statuses[id]]).toEqual([id, "satisfied"]);
    }
    expect(state()).toBe(before);
    const reused = (await latestEvents(run.project.folder)).filter((event) => event.type === "figure-reused");
    expect(reused).toHaveLength(4);
  }, 240_000);
});
