import { describe, expect, it } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { applySdn } from "../../lab/state/sdn-apply.ts";
import { createVnet } from "../../lab/state/sdn-vnets.ts";
import { createZone } from "../../lab/state/sdn-zones.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface FalseCaption {
  readonly caption: string;
  readonly step: string;
  /** What is wrong in the lab, in words and in deed. */
  readonly because: string;
  breakLab(lab: Lab): void | Promise<void>;
  /** Steps whose values it needs. */
  readonly needs: readonly string[];
  readonly says: RegExp;
}

/** For each capture of chapter 7 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "configuration du bridge vmbr0",
    step: "vue-pont",
    because: "the bridge of pve1 has another address than the one the others know",
    breakLab: ({ world }) => {
      for (const nic of nodeOf(world, "pve1").interfaces) if (nic.address) nic.address = "10.202.4.91";
    },
    needs: [],
    says: /10\.202\.4\.31/,
  },
  {
    caption: "interface SDN dans Proxmox",
    step: "vue-sdn",
    because: "ifupdown2 of pve3 is not Proxmox's: the task ends OK, and the zone waits on that node",
    breakLab: async ({ world }) => {
      world.faults.foreignIfupdown.set("pve3", "3.0.0-1.1");
      const node = nodeOf(world, "pve1");
      createZone(node, "9", { id: "projet", values: { type: "vxlan", peers: "10.202.4.31,10.202.4.32,10.202.4.33" } });
      createVnet(node, "9", { id: "vnet1", values: { zone: "projet", tag: "10001" } });
      const task = applySdn(world, node, { user: "root@pam", token: undefined, release: false });
      await task.done;
      expect(task.exitstatus).toBe("OK");
    },
    needs: [],
    says: /pve3/,
  },
  {
    caption: "configuration réseau d’une VM",
    step: "carte-principale",
    because: "the machine's first card is on another bridge",
    breakLab: ({ world }) => {
      const guest = nodeOf(world, "pve2").guests.get(100);
      guest?.config.set("net0", "virtio=BC:24:11:8C:D6:9E,bridge=vmbr1");
    },
    needs: ["sdn-vm"],
    says: /vmbr1/,
  },
  {
    caption: "test de connectivité réseau",
    step: "test-reseau",
    because: "the machine has no card on the VNet, so no packet reaches its companion",
    breakLab: () => {},
    needs: ["sdn-vm", "lancer-essais"],
    says: /vers VM 101 par vnet1 : non/,
  },
];

describe("a capture of chapter 7 whose caption is false", () => {
  it.each(CASES)(
    "« $caption » fails when $because",
    async ({ step, breakLab, needs, says, caption }) => {
      const folder = await tempFolder();
      const { lab, constat } = await labProject(folder, { scenario: "migration" });
      await breakLab(lab);
      const selection = [...needs, step].flatMap((name) => ["--only", name]);
      const { code, stdout, stderr } = await constat(
        "run",
        "runbooks",
        "--yes",
        "--no-report",
        "--chapter",
        "7",
        ...selection,
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
