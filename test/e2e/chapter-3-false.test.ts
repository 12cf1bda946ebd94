import type { Lab } from "../../lab/index.ts";
import { cutLink } from "../../lab/state/inject-faults.ts";
import { cutPower } from "../../lab/state/power.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { describeFalseCaptions, type FalseCaption } from "../support/false-captions.ts";

/** For each capture of chapter 3 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "création du cluster Proxmox sur pve1",
    step: "fenetre-creation",
    scenario: "cluster",
    because: "pve1 is in a cluster of another name, so nothing can be created",
    breakLab: (lab) => renameCluster(lab, "autre"),
    says: /Créer une grappe de serveurs\s» est désactivé/,
  },
  {
    caption: "paramètres Corosync lors de la création du cluster",
    step: "fenetre-corosync",
    scenario: "trois-noeuds",
    because: "no interface of pve1 has the address that Corosync was to use",
    breakLab: (lab) => moveAddress(lab, "pve1", "10.202.4.91"),
    of: /nodes\/pve1\/network/,
    says: /^aucune valeur$/,
  },
  {
    caption: "commande d’ajout du nœud pve2",
    step: "ajouter-pve2",
    beside: ["creer-cluster", "informations-jonction"],
    scenario: "trois-noeuds",
    because: "the address that pve2 was to use does not exist on it",
    breakLab: (lab) => moveAddress(lab, "pve2", "10.202.4.92"),
    says: /join a cluster failed/,
  },
  {
    caption: "confirmation de l’ajout de pve2 dans le cluster",
    step: "confirmation-pve2",
    scenario: "cluster",
    because: "pve2 has lost its power: it is listed, and not there",
    breakLab: (lab) => cutPower(lab.world, nodeOf(lab.world, "pve2")),
    says: /online = 0 \(attendu 1\) là où name = pve2/,
  },
  {
    caption: "ajout du nœud pve3 au cluster",
    step: "ajouter-pve3",
    beside: ["creer-cluster", "informations-jonction"],
    scenario: "trois-noeuds",
    because: "another pvecm holds the lock of pve3",
    breakLab: (lab) => {
      nodeOf(lab.world, "pve3").pvecmLocked = true;
    },
    says: /got timeout/,
  },
  {
    caption: "vue du cluster avec pve1, pve2 et pve3",
    step: "vue-cluster",
    scenario: "trois-noeuds",
    because: "there is no cluster, so no row",
    breakLab: () => {},
    of: /name = pve2/,
    says: /^aucune ligne affichée$/m,
  },
  {
    caption: "état du cluster dans l’interface Proxmox",
    step: "etat-cluster",
    scenario: "cluster",
    because: "pve3 has lost its power: two are online, not three",
    breakLab: (lab) => cutPower(lab.world, nodeOf(lab.world, "pve3")),
    says: /pve3/,
  },
  {
    caption: "statut Corosync",
    step: "statut-corosync",
    scenario: "cluster",
    because: "the link of pve2 is cut",
    breakLab: (lab) => cutLink(lab.world, "pve2", 0),
    says: /disconnected/,
  },
];

describeFalseCaptions(3, CASES);

function renameCluster(lab: Lab, name: string): void {
  for (const node of lab.world.nodes.values()) {
    const config = node.database.corosync;
    if (config !== undefined) node.database.corosync = { ...config, name };
  }
}

function moveAddress(lab: Lab, name: string, address: string): void {
  const node = nodeOf(lab.world, name);
  for (const nic of node.interfaces) if (nic.address !== undefined) nic.address = address;
}
