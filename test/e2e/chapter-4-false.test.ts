import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { diskId } from "../../lab/state/block-devices.ts";
import { stopMon, stopOsd } from "../../lab/state/ceph/daemons.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { describeFalseCaptions, type FalseCaption } from "../support/false-captions.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

const cephOf = (lab: Lab) => nodeOf(lab.world, "pve1").database.ceph;

/** For each capture of chapter 4 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "vue des disques disponibles sur un nœud Proxmox",
    step: "disques-disponibles",
    beside: ["nom-disque-pve1"],
    scenario: "cluster",
    because: "the disk carries the LVM volume of an earlier try",
    breakLab: (lab) => useDisk(lab, "pve1"),
    of: /disks\/list/,
    says: /^aucune valeur\s;\ssans la condition\s:\s\{ devpath = \/dev\/sdc/,
  },
  {
    caption: "installation de Ceph depuis l’interface Proxmox",
    step: "assistant-ceph",
    scenario: "ceph",
    because: "pve1 has Ceph already, only ceph-volume was removed from it",
    breakLab: (lab) => void lab.world.faults.removedPackages.add("pve1:ceph-volume"),
    says: /install-ceph/,
  },
  {
    caption: "état des services MON et MGR",
    step: "mon-et-mgr",
    scenario: "ceph",
    because: "the monitor of pve3 has left the quorum",
    breakLab: async (lab) => {
      const ceph = cephOf(lab);
      const mon = ceph.mons[2];
      if (mon) stopMon(lab.world, ceph, mon, "told");
      await lab.world.clock.sleep(3000);
    },
    says: /\[mon\.pve3, pve3, stopped/,
  },
  {
    caption: "création d’un OSD sur pve1",
    step: "fenetre-osd",
    beside: ["nom-disque-pve1"],
    scenario: "ceph",
    because: "no OSD is on pve1, yet its disk is in use",
    breakLab: (lab) => {
      const { osds } = cephOf(lab);
      osds.splice(
        osds.findIndex((osd) => osd.node === "pve1"),
        1,
      );
    },
    says: /champ refusé par la page\s: dev/,
  },
  {
    caption: "liste des OSD sur l’ensemble du cluster",
    step: "liste-osd",
    scenario: "ceph-degrade",
    because: "the OSD of pve2 is down",
    breakLab: (lab) => lab.world.clock.sleep(3000),
    says: /status = down \(attendu up\) là où host = pve2/,
  },
  {
    caption: "création du pool Ceph",
    step: "fenetre-pool",
    scenario: "cluster",
    because: "there is no Ceph that could have a pool",
    breakLab: () => {},
    says: /pveCephPoolEdit n’est pas affiché/,
  },
  {
    caption: "stockage Ceph visible dans Proxmox",
    step: "stockage-visible",
    scenario: "ceph",
    because: "the pool is there, and no storage on it",
    breakLab: (lab) => {
      const { storages } = nodeOf(lab.world, "pve1").database;
      storages.splice(
        storages.findIndex((storage) => storage.type === "rbd"),
        1,
      );
    },
    says: /au lieu de «\sstorage\/pve1\/ceph-vm/,
  },
  {
    caption: "état de santé du cluster Ceph",
    step: "sante-web",
    scenario: "ceph",
    because: "an OSD is stopped: HEALTH_WARN",
    breakLab: async (lab) => {
      const ceph = cephOf(lab);
      const osd = ceph.osds[1];
      if (osd) stopOsd(lab.world, ceph, osd, "told");
      await lab.world.clock.sleep(2000);
    },
    says: /^HEALTH_WARN$/m,
  },
];

describeFalseCaptions(4, CASES);

describe("trouble that chapter 4 meets", () => {
  it("names the trace of an earlier try on a disk before anything is changed", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "cluster", chapters: [4] });
    useDisk(lab, "pve2");
    await constat(
      "run",
      "runbooks",
      "--yes",
      "--no-report",
      ...["nom-disque-pve2", "traces-pve2"].flatMap((id) => ["--only", id]),
    );
    expect((await stepStatuses(folder))["traces-pve2"]).toBe("failed");
    const finished = (await latestEvents(folder)).findLast(
      (event) => event.type === "step-finished" && event.step === "traces-pve2",
    );
    expect(JSON.stringify(finished)).toMatch(/LVM2_member/);
  }, 120_000);

  it("sees that whole packages do not get through, and that another release of Ceph runs already", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "ceph", chapters: [4] });
    lab.world.faults.smallFrames.set("pve3", 1400);
    nodeOf(lab.world, "pve2").ceph.release = undefined;
    writeFileSync(join(folder, "runbooks/04-ceph.md"), inRunbook(folder).replace("default: squid", "default: reef"));
    const asked = ["adresse-ceph-pve1", "adresse-ceph-pve2", "adresse-ceph-pve3", "liaison-ceph", "version-ceph"];
    const only = ["reseau-principal", ...asked].flatMap((id) => ["--only", id]);
    await constat("run", "runbooks", "--yes", "--no-report", ...only);
    expect(await stepStatuses(folder)).toMatchObject({
      "adresse-ceph-pve3": "passed",
      "liaison-ceph": "failed",
      "version-ceph": "failed",
    });
    const events = JSON.stringify(await latestEvents(folder));
    expect(events).toMatch(/100% packet loss/);
    expect(events).toMatch(/autre version que reef/);
  }, 120_000);

  it("shows the wizard with the release that it installs, and no other", async () => {
    const folder = await tempFolder();
    const { constat } = await labProject(folder, { scenario: "cluster", chapters: [4] });
    const wizard = async () => {
      await constat("run", "runbooks", "--yes", "--no-report", "--only", "assistant-ceph");
      const events = await latestEvents(folder);
      const finished = events.findLast((event) => event.type === "step-finished" && event.step === "assistant-ceph");
      const filled = events.find((event) => event.type === "placeholder-filled");
      const judged = filled?.figure.type === "picture" ? filled.figure.judgements : [];
      return { finished: JSON.stringify(finished), judged: JSON.stringify(judged) };
    };
    expect((await wizard()).judged).toMatch(/pveCephVersionSelector.{0,80}squid/);
    // A release that this version of Proxmox VE does not offer.
    const other = inRunbook(folder).replace("default: squid", "default: luminous");
    writeFileSync(
      join(folder, "runbooks/04-ceph.md"),
      other.replace("dialog: install-ceph", "within: 2s\ndialog: install-ceph"),
    );
    const { finished, judged } = await wizard();
    expect(judged).toBe("[]");
    expect(finished).toMatch(/composant pveCephVersionSelector = luminous.*"status":"failed"/);
  }, 120_000);

  it("finds a disk by the name that does not change", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "cluster", chapters: [4] });
    const disk = nodeOf(lab.world, "pve1").hardware.disks.find(({ path }) => path === "/dev/sdb");
    if (!disk) throw new Error("no disk");
    const named = inRunbook(folder).replace("default: /dev/sdb", `default: /dev/disk/by-id/${diskId(disk)}`);
    writeFileSync(join(folder, "runbooks/04-ceph.md"), named);
    const asked = ["nom-disque-pve1", "traces-pve1", "disque-pve1", "acces-direct-pve1", "disques-disponibles"];
    const only = asked.flatMap((id) => ["--only", id]);
    const { stdout } = await constat("run", "runbooks", "--yes", "--no-report", ...only);
    expect(await stepStatuses(folder), stdout).toMatchObject(Object.fromEntries(asked.map((id) => [id, "passed"])));
  }, 120_000);

  it("is not fooled by HEALTH_OK while the groups of a new pool are unknown", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "ceph", chapters: [4] });
    const ceph = cephOf(lab);
    const [pool] = ceph.pools.filter(({ name }) => name === "ceph-vm");
    if (!pool) throw new Error("no pool");
    const statuses = async () =>
      (await latestEvents(folder)).flatMap((event) =>
        event.type === "attempt-finished" && event.step === "sante-ceph" ? [event.outcome.status] : [],
      );
    // Its groups stay unknown until they have been seen so.
    ceph.pools.splice(ceph.pools.indexOf(pool), 1, { ...pool, createdAt: lab.world.clock.now() + 3_600_000 });
    const run = constat("run", "runbooks", "--yes", "--no-report", "--only", "sante-ceph");
    await vi.waitUntil(async () => (await statuses().catch((): string[] => [])).some((status) => status === "failed"), {
      timeout: 60_000,
    });
    ceph.pools.splice(ceph.pools.length - 1, 1, pool);
    await run;
    expect((await statuses()).at(-1)).toBe("passed");
  }, 120_000);
});

function inRunbook(folder: string): string {
  return readFileSync(join(folder, "runbooks/04-ceph.md"), "utf8");
}

function useDisk(lab: Lab, name: string): void {
  const disk = nodeOf(lab.world, name).hardware.disks.find(({ path }) => path === "/dev/sdb");
  if (disk) disk.used = "LVM";
}
