import { describe, expect, it } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { cutPower } from "../../lab/state/power.ts";
import { changeStorage } from "../../lab/state/storage-config.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface FalseCaption {
  readonly caption: string;
  readonly step: string;
  /** What is wrong in the lab, in words and in deed. */
  readonly because: string;
  breakLab(lab: Lab): void;
  readonly says: RegExp;
}

/** For each capture of chapter 6 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "VM utilisant le stockage Ceph",
    step: "migration-vm-ceph",
    because: "the disk of the machine lies on a local storage",
    breakLab: ({ world }) => {
      nodeOf(world, "pve1").guests.get(100)?.config.set("scsi0", "local-lvm:vm-100-disk-0,size=32G");
    },
    says: /ceph-vm/,
  },
  {
    caption: "état du cluster avant migration",
    step: "cluster-avant",
    because: "pve3 has lost its power: two are online, not three",
    breakLab: ({ world }) => cutPower(world, nodeOf(world, "pve3")),
    says: /status = online/,
  },
  {
    caption: "lancement de la migration à chaud",
    step: "fenetre-migration",
    because: "the target does not have the storage of the machine",
    breakLab: ({ world }) => {
      changeStorage(nodeOf(world, "pve1"), "ceph-vm", new Map([["nodes", "pve1,pve3"]]), []);
    },
    says: /allowed_nodes/,
  },
  {
    caption: "VM exécutée sur le nœud cible",
    step: "vm-migree",
    because: "the machine has never left its node",
    breakLab: () => {},
    says: /node = pve2|qemu-server\/100\.conf/,
  },
];

describe("a capture of chapter 6 whose caption is false", () => {
  it.each(CASES)(
    "« $caption » fails when $because",
    async ({ step, breakLab, says, caption }) => {
      const folder = await tempFolder();
      const { lab, constat } = await labProject(folder, { scenario: "ha" });
      breakLab(lab);
      const only = ["--only", "vm-source", "--only", step];
      const { code, stdout, stderr } = await constat(
        "run",
        "runbooks",
        "--chapter",
        "6",
        "--yes",
        "--no-report",
        ...only,
      );
      expect((await stepStatuses(folder))[step], `${stdout}\n${stderr}`).toBe("failed");
      expect(code).toBe(1);
      const events = await latestEvents(folder);
      const started = events.find((event) => event.type === "run-started");
      const id = started?.placeholders.find((placeholder) => placeholder.caption === caption)?.id;
      expect(id).toBeDefined();
      expect(events.filter((event) => event.type === "placeholder-filled" && event.placeholder === id)).toEqual([]);
      const finished = events.findLast((event) => event.type === "step-finished" && event.step === step);
      expect(JSON.stringify(finished)).toMatch(says);
    },
    180_000,
  );
});

describe("a migration that cannot be", () => {
  it("fails with the words of its task, and leaves the machine where it runs", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "ha" });
    lab.world.faults.sshRefused.add("pve2");
    const only = ["vm-source", "migrer"].flatMap((step) => ["--only", step]);
    const { stdout, stderr } = await constat("run", "runbooks", "--chapter", "6", "--yes", "--no-report", ...only);
    expect((await stepStatuses(folder))["migrer"], `${stdout}\n${stderr}`).toBe("failed");
    expect(stdout).toContain("migration aborted");
    expect(nodeOf(lab.world, "pve1").guests.get(100)).toMatchObject({ status: "running", lock: undefined });
  }, 180_000);
});
