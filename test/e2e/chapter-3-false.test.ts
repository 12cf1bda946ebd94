import { describe, expect, it } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { cutLink } from "../../lab/state/inject-faults.ts";
import { cutPower } from "../../lab/state/power.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface FalseCaption {
  readonly caption: string;
  readonly step: string;
  readonly scenario: "trois-noeuds" | "cluster";
  /** What is wrong in the lab, in words and in deed. */
  readonly because: string;
  breakLab(lab: Lab): void | Promise<void>;
  readonly says: RegExp;
}

/** For each capture of chapter 3 a lab in which its caption is false: the block must fail, and its placeholder stay empty. */
const CASES: readonly FalseCaption[] = [
  {
    caption: "création du cluster Proxmox sur pve1",
    step: "fenetre-creation",
    scenario: "cluster",
    because: "pve1 is in a cluster of another name, so nothing can be created",
    breakLab: (lab) => renameCluster(lab, "autre"),
    says: /désactivé|inactif|grisé/i,
  },
  {
    caption: "paramètres Corosync lors de la création du cluster",
    step: "fenetre-corosync",
    scenario: "trois-noeuds",
    because: "the interface proposes another address than the one Corosync was to use",
    breakLab: (lab) => moveAddress(lab, "pve1", "10.202.4.91"),
    says: /10\.202\.4\.91/,
  },
  {
    caption: "commande d’ajout du nœud pve2",
    step: "ajouter-pve2",
    scenario: "trois-noeuds",
    because: "the address that pve2 was to use does not exist on it",
    breakLab: (lab) => moveAddress(lab, "pve2", "10.202.4.92"),
    says: /not found on local node|successfully added/,
  },
  {
    caption: "confirmation de l’ajout de pve2 dans le cluster",
    step: "confirmation-pve2",
    scenario: "cluster",
    because: "pve2 has lost its power: it is listed, and not there",
    breakLab: (lab) => cutPower(lab.world, nodeOf(lab.world, "pve2")),
    says: /pve2/,
  },
  {
    caption: "ajout du nœud pve3 au cluster",
    step: "ajouter-pve3",
    scenario: "trois-noeuds",
    because: "another pvecm holds the lock of pve3",
    breakLab: (lab) => {
      nodeOf(lab.world, "pve3").pvecmLocked = true;
    },
    says: /got timeout|successfully added/,
  },
  {
    caption: "vue du cluster avec pve1, pve2 et pve3",
    step: "vue-cluster",
    scenario: "trois-noeuds",
    because: "there is no cluster, so no row",
    breakLab: () => {},
    says: /pve2|aucune ligne/,
  },
  {
    caption: "état du cluster dans l’interface Proxmox",
    step: "etat-cluster",
    scenario: "cluster",
    because: "pve3 has lost its power: two are online, not three",
    breakLab: (lab) => cutPower(lab.world, nodeOf(lab.world, "pve3")),
    says: /2/,
  },
  {
    caption: "statut Corosync",
    step: "statut-corosync",
    scenario: "cluster",
    because: "the link of pve2 is cut",
    breakLab: (lab) => cutLink(lab.world, "pve2", 0),
    says: /Nodes|disconnected|Total votes/,
  },
];

describe("a capture whose caption is false", () => {
  it.each(CASES)(
    "« $caption » fails when $because",
    async ({ step, scenario, breakLab, says, caption }) => {
      const folder = await tempFolder();
      const { lab, constat } = await labProject(folder, { scenario, chapters: [3] });
      await breakLab(lab);
      const { code, stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...selection(step));
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

/** The step alone, with what it needs to have values; its capture must fail for its own reason. */
function selection(step: string): readonly string[] {
  const needed: Readonly<Record<string, readonly string[]>> = {
    "ajouter-pve2": ["creer-cluster", "informations-jonction"],
    "ajouter-pve3": ["creer-cluster", "informations-jonction"],
  };
  return [...(needed[step] ?? []), step].flatMap((name) => ["--only", name]);
}

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
