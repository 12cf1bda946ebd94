import { describe, expect, it } from "vitest";
import { stageInterface } from "../../lab/state/network-staging.ts";
import { applySdn } from "../../lab/state/sdn-apply.ts";
import { createVnet } from "../../lab/state/sdn-vnets.ts";
import { createZone } from "../../lab/state/sdn-zones.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { describeFalseCaptions, type FalseCaption } from "../support/false-captions.ts";
import { labProject, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** For each capture of chapter 7 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "configuration du bridge vmbr0",
    step: "vue-pont",
    because: "pve1 has its address on its card alone, and no bridge of that name",
    scenario: "migration",
    breakLab: ({ world }) => {
      const { interfaces } = nodeOf(world, "pve1");
      const at = interfaces.findIndex(({ name }) => name === "vmbr0");
      const [bridge] = interfaces.splice(at, 1);
      const [card] = interfaces;
      if (card) Object.assign(card, { address: bridge?.address, prefix: bridge?.prefix });
    },
    says: /vmbr0/,
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

describe("what another person has left", () => {
  it("is named and left as it is: a card net1 elsewhere, a network change and a VNet that wait", async () => {
    const folder = await tempFolder();
    const { lab, constat } = await labProject(folder, { scenario: "migration", chapters: [7] });
    const [pve1, pve2] = [nodeOf(lab.world, "pve1"), nodeOf(lab.world, "pve2")];
    const storageCard = "virtio=BC:24:11:8C:D6:AA,bridge=vmbr0,tag=30";
    pve2.guests.get(100)?.config.set("net1", storageCard);
    stageInterface(pve2, "vmbr7", { type: "bridge", autostart: "1" });
    createZone(pve1, "9", { id: "autre", values: { type: "simple" } });
    createVnet(pve1, "9", { id: "autre1", values: { zone: "autre" } });
    const { configured } = pve1.database.sdn;
    configured.controllers.set("bgp1", { type: "bgp", asn: 65_000 });
    configured.fabrics.set("f1", { type: "openfabric_fabric", ip_prefix: "10.9.0.0/24" });
    configured.subnets.set("autre-10.60.0.0-24", { type: "subnet", vnet: "autre1" });
    const run = async (...steps: readonly string[]) => {
      const only = steps.flatMap((step) => ["--only", step]);
      const { stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...only);
      return { said: `${stdout}\n${stderr}`, statuses: await stepStatuses(folder) };
    };
    const waiting = [
      ...["reseau-sans-attente", "rien-d-autre", "aucun-autre-vnet"],
      ...["aucun-autre-sous-reseau", "aucun-controleur", "aucune-fabrique"],
    ];
    const apply = await run(...waiting, "appliquer-sdn");
    for (const step of waiting) expect(apply.statuses[step], `${step}\n${apply.said}`).toBe("failed");
    expect(apply.statuses["appliquer-sdn"], apply.said).toBe("blocked");
    expect(apply.said).toContain("un sous-réseau du VNet autre1 attend d’être appliqué");
    expect(apply.said).toContain("une fabrique, une carte de routage ou une liste de préfixes attend d’être appliquée");
    const card = await run("sdn-vm", "ajouter-carte");
    expect(card.statuses["ajouter-carte"], card.said).toBe("failed");
    expect(card.said).toContain("la VM 100 a déjà une carte net1 ailleurs");
    expect(pve2.guests.get(100)?.config.get("net1")).toBe(storageCard);
    expect(pve1.database.sdn.running).toBeUndefined();
  }, 120_000);
});
