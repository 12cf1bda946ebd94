import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { Lab } from "../../lab/index.ts";
import { armHa, disarmHa } from "../../lab/state/ha/ha-requests.ts";
import { nodeOf } from "../../lab/state/world.ts";
import { cephDegraded, nodeDown, untilLab } from "../support/lab-faults.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";
import { shortenBudgets } from "../support/short-budgets.ts";

interface FalseCaption {
  readonly caption: string;
  /** The step that would fill it, and with `--only` what it needs beside it. */
  readonly step: string;
  readonly beside?: readonly string[];
  /** How long anything is waited for; a machine is started elsewhere after 15 s when it is. */
  readonly seconds?: number;
  /** What is wrong in the lab, in words and in deed; what it takes to be mended. */
  readonly because: string;
  breakLab(lab: Lab): void | Promise<void>;
  mend?(lab: Lab): void | Promise<void>;
  readonly says: RegExp;
  /** What becomes of steps beside it. */
  readonly also?: Readonly<Record<string, string>>;
}

/** On one lab, one after the other: no machine is managed, nothing has failed yet. */
const BEFORE: readonly FalseCaption[] = [
  {
    caption: "état du cluster Proxmox",
    step: "ha-etat-cluster",
    because: "pve3 has lost its power: two are online, not three",
    breakLab: nodeDown("pve3").breakLab,
    mend: nodeDown("pve3").mend,
    says: /pve3/,
  },
  {
    caption: "état de santé du cluster Ceph",
    step: "ha-etat-ceph",
    because: "an OSD is stopped: HEALTH_WARN",
    breakLab: cephDegraded.breakLab,
    mend: cephDegraded.mend,
    says: /HEALTH_OK/,
  },
  {
    caption: "section HA dans l’interface Proxmox",
    step: "section-ha",
    because: "HA is disarmed: what it is asked is not done",
    breakLab: async (lab) => {
      disarmHa(lab.world, nodeOf(lab.world, "pve1"), "freeze");
      await untilLab(() => haOf(lab).armed === "disarmed");
    },
    mend: (lab) => armHa(nodeOf(lab.world, "pve1")),
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
    breakLab: nodeDown("pve2").breakLab,
    mend: nodeDown("pve2").mend,
    says: /pve2/,
  },
];

/** On one lab with a machine under HA on pve2. */
const DURING: readonly FalseCaption[] = [
  {
    caption: "arrêt du nœud en panne",
    step: "suivi-panne",
    beside: ["couper-victime"],
    because: "the command that should cut the power does nothing",
    breakLab: (lab) => keepRunning(lab, true),
    mend: (lab) => keepRunning(lab, false),
    says: /arrêt du nœud en panne/,
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
    says: /redémarrage automatique de la VM/,
  },
];

describe.each([
  ["ceph", BEFORE],
  ["haute-disponibilite", DURING],
] as const)("on the lab « %s », a capture of chapter 5 whose caption is false", (scenario, cases) => {
  let project: LabProject;

  beforeAll(async () => {
    project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-e2e-")), { scenario, chapters: [5] });
    const { lab } = project;
    if (scenario !== "ceph") await untilLab(() => haOf(lab).services.get("vm:100")?.state === "started");
  }, 60_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it.each(cases)(
    "« $caption » fails when $because",
    async ({ caption, step, beside = [], seconds = 6, breakLab, mend, says, also = {} }) => {
      const { lab, folder, constat } = project;
      shortenBudgets(folder, seconds);
      await breakLab(lab);
      const only = [...beside, step].flatMap((id) => ["--only", id]);
      const { code, stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...only);
      await mend?.(lab);
      expect((await stepStatuses(folder))[step], `${stdout}\n${stderr}`).toBe("failed");
      expect(code).toBe(1);
      expect(await stepStatuses(folder)).toMatchObject(also);
      const events = await latestEvents(folder);
      const started = events.find((event) => event.type === "run-started");
      const id = started?.placeholders.find((placeholder) => placeholder.caption === caption)?.id;
      expect(id).toBeDefined();
      expect(events.filter((event) => event.type === "placeholder-filled" && event.placeholder === id)).toEqual([]);
      const finished = events.findLast((event) => event.type === "step-finished" && event.step === step);
      expect(JSON.stringify(finished)).toMatch(says);
    },
    120_000,
  );
});

const haOf = (lab: Lab) => nodeOf(lab.world, "pve1").database.ha;

/** The inventory of the lab says how power is cut; in a lab whose inventory is wrong, the node goes on. */
async function keepRunning(lab: Lab, yes: boolean): Promise<void> {
  const inventory = parse(await readFile(lab.inventoryFile, "utf8"));
  inventory.nodes.pve2.power = { host: "pve1", off: yes ? "true" : "qm stop 102", on: "qm start 102" };
  await writeFile(lab.inventoryFile, stringify(inventory));
}
