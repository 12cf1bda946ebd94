import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { cutPower } from "../../lab/state/power.ts";
import { changeStorage } from "../../lab/state/storage-config.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { describeFalseCaptions, type FalseCaption } from "../support/false-captions.ts";
import { untilLab } from "../support/lab-faults.ts";
import { labProject, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

/** For each capture of chapter 6 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "VM utilisant le stockage Ceph",
    step: "migration-vm-ceph",
    because: "the disk of the machine lies on a local storage",
    scenario: "ha",
    beside: ["vm-source"],
    breakLab: ({ world }) => {
      nodeOf(world, "pve1").guests.get(100)?.config.set("scsi0", "local-lvm:vm-100-disk-0,size=32G");
    },
    of: /\/pending/,
    says: /^aucune valeur$/,
  },
  {
    caption: "état du cluster avant migration",
    step: "cluster-avant",
    because: "pve3 has lost its power: two are online, not three",
    scenario: "ha",
    beside: ["vm-source"],
    breakLab: ({ world }) => cutPower(world, nodeOf(world, "pve3")),
    says: /pve3/,
  },
  {
    caption: "lancement de la migration à chaud",
    step: "fenetre-migration",
    because: "the target does not have the storage of the machine",
    scenario: "ha",
    beside: ["vm-source"],
    breakLab: ({ world }) => {
      changeStorage(nodeOf(world, "pve1"), "ceph-vm", new Map([["nodes", "pve1,pve3"]]), []);
    },
    of: /not_allowed_nodes/,
    says: /ceph-vm/,
  },
  {
    caption: "VM exécutée sur le nœud cible",
    step: "vm-migree",
    because: "the machine has never left its node",
    scenario: "ha",
    beside: ["vm-source"],
    breakLab: () => {},
    says: /node = pve1 \(attendu pve2\)/,
  },
];

describeFalseCaptions(6, CASES);

describe("a migration that cannot be", () => {
  it("fails with the words of its task, and leaves the machine where it runs", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "ha", chapters: [6] });
    lab.world.faults.sshRefused.add("pve2");
    const only = ["vm-source", "migrer"].flatMap((step) => ["--only", step]);
    const { stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...only);
    expect((await stepStatuses(folder))["migrer"], `${stdout}\n${stderr}`).toBe("failed");
    expect(stdout).toContain("migration aborted");
    expect(nodeOf(lab.world, "pve1").guests.get(100)).toMatchObject({ status: "running", lock: undefined });
  }, 180_000);

  it.each(DIALECTS)(
    "is not begun when HA would undo it at once, on Proxmox VE %s",
    async (dialect) => {
      const folder = await tempFolder();
      const { lab, run } = await labProject(folder, { scenario: "haute-disponibilite", dialect, chapters: [6] });
      const inventory = parse(readFileSync(lab.inventoryFile, "utf8"));
      writeFileSync(lab.inventoryFile, stringify({ ...inventory, vars: { migration_cible: "pve3" } }));
      const { ha } = nodeOf(lab.world, "pve1").database;
      await untilLab(() => ha.services.get("vm:100")?.state === "started");
      const free = await run("sans-retour");
      expect(await stepStatuses(folder), free.stdout).toMatchObject({ "sans-retour": "passed" });
      for (const resource of ha.resources) resource.failback = 1;
      for (const group of ha.groups) group.nofailback = 0;
      const { stdout } = await run("vm-source", "sans-retour", "migrer");
      expect(await stepStatuses(folder), stdout).toMatchObject({ "sans-retour": "failed", migrer: "blocked" });
      expect(stdout).toContain("la HA ramènerait la VM 100 de pve3 à pve2");
      expect(nodeOf(lab.world, "pve2").guests.has(100)).toBe(true);
    },
    180_000,
  );
});
