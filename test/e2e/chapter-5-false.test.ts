import { readFile, writeFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import type { Lab } from "../../lab/index.ts";
import { armHa, disarmHa } from "../../lab/state/ha/ha-requests.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { describeFalseCaptionsOn, type FalseOnLab } from "../support/false-captions.ts";
import { breakUntilMended, cephDegraded, nodeDown, untilLab } from "../support/lab-faults.ts";

/** On one lab, one after the other: no machine is managed, nothing has failed yet. */
const BEFORE: readonly FalseOnLab[] = [
  {
    caption: "état du cluster Proxmox",
    step: "ha-etat-cluster",
    because: "pve3 has lost its power: two are online, not three",
    breakLab: (lab) => breakUntilMended(nodeDown("pve3"), lab),
    says: /pve3/,
  },
  {
    caption: "état de santé du cluster Ceph",
    step: "ha-etat-ceph",
    because: "an OSD is stopped: HEALTH_WARN",
    breakLab: (lab) => breakUntilMended(cephDegraded, lab),
    says: /^HEALTH_WARN$/m,
  },
  {
    caption: "section HA dans l’interface Proxmox",
    step: "section-ha",
    because: "HA is disarmed: what it is asked is not done",
    breakLab: async (lab) => {
      disarmHa(lab.world, nodeOf(lab.world, "pve1"), "freeze");
      await untilLab(() => haOf(lab).armed === "disarmed");
      return () => armHa(nodeOf(lab.world, "pve1"));
    },
    says: /disarmed/,
  },
  {
    caption: "ajout d’une VM dans la configuration HA",
    step: "fenetre-ha",
    because: "there is no machine 100 that could be chosen",
    breakLab: () => {},
    says: /vmid|100/,
  },
  {
    caption: "cluster rétabli avec les trois nœuds actifs",
    step: "cluster-retabli",
    because: "the node that was cut has not come back",
    breakLab: (lab) => breakUntilMended(nodeDown("pve2"), lab),
    says: /pve2/,
  },
];

/** On one lab with a machine under HA on pve2. */
const DURING: readonly FalseOnLab[] = [
  {
    caption: "arrêt du nœud en panne",
    step: "suivi-panne",
    beside: ["couper-victime"],
    because: "the command that should cut the power does nothing",
    breakLab: async (lab) => {
      await keepRunning(lab, true);
      return () => keepRunning(lab, false);
    },
    of: /arrêt du nœud en panne/,
    says: /^ce moment n’est jamais venu .*panne vue.*online = 1/,
  },
  {
    caption: "migration/redémarrage automatique de la VM",
    step: "suivi-panne",
    beside: ["annoncer-essai", "couper-victime", "rendre-alimentation"],
    also: { "couper-victime": "failed", "rendre-alimentation": "passed" },
    seconds: 22,
    because: "HA was told to leave the machine alone",
    breakLab: async (lab) => {
      for (const resource of haOf(lab).resources) resource.state = "ignored";
      await untilLab(() => !haOf(lab).services.has("vm:100"));
    },
    of: /redémarrage automatique de la VM/,
    says: /^ce moment n’est jamais venu .*relance ailleurs.*aucune valeur/,
  },
];

describeFalseCaptionsOn({ scenario: "ceph", chapters: [5] }, BEFORE);
describeFalseCaptionsOn({ scenario: "haute-disponibilite", chapters: [5] }, DURING, ({ lab }) =>
  untilLab(() => haOf(lab).services.get("vm:100")?.state === "started"),
);

const haOf = (lab: Lab) => nodeOf(lab.world, "pve1").database.ha;

/** The inventory of the lab says how power is cut; in a lab whose inventory is wrong, the node goes on. */
async function keepRunning(lab: Lab, yes: boolean): Promise<void> {
  const inventory = parse(await readFile(lab.inventoryFile, "utf8"));
  inventory.nodes.pve2.power = { host: "pve1", off: yes ? "true" : "qm stop 102", on: "qm start 102" };
  await writeFile(lab.inventoryFile, stringify(inventory));
}
