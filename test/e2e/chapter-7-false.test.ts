import { expect } from "vitest";
import { applySdn } from "../../lab/state/sdn-apply.ts";
import { createVnet } from "../../lab/state/sdn-vnets.ts";
import { createZone } from "../../lab/state/sdn-zones.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { describeFalseCaptions, type FalseCaption } from "../support/false-captions.ts";

/** For each capture of chapter 7 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "configuration du bridge vmbr0",
    step: "vue-pont",
    because: "the bridge of pve1 has another address than the one the others know",
    scenario: "migration",
    breakLab: ({ world }) => {
      for (const nic of nodeOf(world, "pve1").interfaces) if (nic.address) nic.address = "10.202.4.91";
    },
    says: /10\.202\.4\.31/,
  },
  {
    caption: "interface SDN dans Proxmox",
    step: "vue-sdn",
    because: "ifupdown2 of pve3 is not Proxmox's: the task ends OK, and the zone waits on that node",
    scenario: "migration",
    breakLab: async ({ world }) => {
      world.faults.foreignIfupdown.set("pve3", "3.0.0-1.1");
      const node = nodeOf(world, "pve1");
      createZone(node, "9", { id: "projet", values: { type: "vxlan", peers: "10.202.4.31,10.202.4.32,10.202.4.33" } });
      createVnet(node, "9", { id: "vnet1", values: { zone: "projet", tag: "10001" } });
      const task = applySdn(world, node, { user: "root@pam", token: undefined, release: false });
      await task.done;
      expect(task.exitstatus).toBe("OK");
    },
    says: /pve3/,
  },
  {
    caption: "configuration réseau d’une VM",
    step: "carte-principale",
    because: "the machine's first card is on another bridge",
    scenario: "migration",
    breakLab: ({ world }) => {
      const guest = nodeOf(world, "pve2").guests.get(100);
      guest?.config.set("net0", "virtio=BC:24:11:8C:D6:9E,bridge=vmbr1");
    },
    beside: ["sdn-vm"],
    says: /vmbr1/,
  },
  {
    caption: "test de connectivité réseau",
    step: "test-reseau",
    because: "the machine has no card on the VNet, so no packet reaches its companion",
    scenario: "migration",
    breakLab: () => {},
    beside: ["sdn-vm", "lancer-essais"],
    says: /vers VM 101 par vnet1 : non/,
  },
];

describeFalseCaptions(7, CASES);
