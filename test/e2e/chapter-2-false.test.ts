import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepVolume, storageOf } from "../../lab/state/volumes.ts";
import { nodeOf, type World } from "../../lab/state/world.ts";
import { type LabProject, latestEvents, startLabProject, stepStatuses } from "../support/lab-run.ts";

interface FalseCaption {
  readonly caption: string;
  readonly step: string;
  /** Steps that run before it: values it uses, or what brings the fault to light. */
  readonly with?: readonly string[];
  readonly because: string;
  /** Breaks the lab and gives back the function that mends it. */
  breakLab(world: World): () => void;
  readonly says: RegExp;
}

/** pve1 on a disk that is nearly full, with both machines ready to start: what the first five captures need, and the last two. */
const ON_PVE1: readonly FalseCaption[] = [
  {
    caption: "stockage insuffisant lors des premières tentatives",
    step: "premier-envoi",
    because: "the upload is refused for another reason than room: the storage takes no ISO",
    breakLab: (world) => {
      const content = storageOf(nodeOf(world, "pve1"), "local").content as string[];
      const kept = content.splice(0, content.length, "vztmpl", "backup");
      return () => content.splice(0, content.length, ...kept);
    },
    says: /does not support 'iso' content|No space left/,
  },
  {
    caption: "stockage disponible après correction",
    step: "stockage-corrige",
    with: ["place-promise"],
    because: "the pool is as small as it was, and promises more than it has",
    breakLab: () => () => {},
    says: /local-lvm/,
  },
  {
    caption: "commandes d’extension des volumes",
    step: "etendre-volumes",
    because: "the disk that was to be added carries partitions",
    breakLab: (world) => {
      const disk = nodeOf(world, "pve1").hardware.disks.find(({ path }) => path === "/dev/sdc");
      if (disk) disk.used = "partitions";
      return () => {
        if (disk) disk.used = undefined;
      };
    },
    says: /device is partitioned|successfully resized/,
  },
  {
    caption: "installation de Proxmox sur pve2",
    step: "ecran-pve2",
    with: ["demarrer-pve2"],
    because: "the machine finds no answers: their disk bears another name",
    breakLab: (world) => {
      const pve1 = nodeOf(world, "pve1");
      const volume = pve1.volumes.get("local:iso/reponses-pve2.iso");
      if (volume?.image?.type !== "files") throw new Error("no answers to spoil");
      keepVolume(pve1, storageOf(pve1, "local"), { ...volume, image: { ...volume.image, label: "AUTRE" } });
      return () => {};
    },
    says: /Could not detect|Installation failed/,
  },
  {
    caption: "installation de Proxmox sur pve3",
    step: "ecran-pve3",
    with: ["demarrer-pve3"],
    because: "the machine's network card is not the one of its answers",
    breakLab: (world) => {
      const guest = nodeOf(world, "pve1").guests.get(103);
      guest?.config.set("net0", "virtio=BC:24:11:FF:FF:FF,bridge=vmbr0");
      return () => {};
    },
    says: /did not match|Installation failed/,
  },
];

/** Three nodes that are there already. */
const ON_NODES: readonly FalseCaption[] = [
  {
    caption: "configuration réseau de pve2",
    step: "reseau-pve2",
    because: "pve2 has another gateway",
    breakLab: (world) => changeBridge(world, "pve2", { gateway: "10.202.0.1" }),
    says: /10\.202\.(?:255\.254|0\.1)/,
  },
  {
    caption: "interface web de pve2 après installation",
    step: "interface-pve2",
    because: "what answers at the address of pve2 says that it has another one",
    breakLab: (world) => changeBridge(world, "pve2", { address: "10.202.4.92" }),
    says: /10\.202\.4\.(?:32|92)/,
  },
  {
    caption: "interface web de pve3",
    step: "interface-pve3",
    because: "what answers at the address of pve3 says that it has another one",
    breakLab: (world) => changeBridge(world, "pve3", { address: "10.202.4.93" }),
    says: /10\.202\.4\.(?:33|93)/,
  },
];

const PREPARATION = [
  ...["agrandir-racine", "envoyer-iso", "installer-assistant", "preparer-iso"],
  ...["creer-pve2", "reponses-pve2", "creer-pve3", "reponses-pve3"],
];

describe.each([
  ["pve1-seul", ON_PVE1],
  ["trois-noeuds", ON_NODES],
] as const)("a capture whose caption is false, from %s", (scenario, cases) => {
  let project: LabProject;

  beforeAll(async () => {
    project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-e2e-")), { scenario, chapters: [2] });
  }, 60_000);

  afterAll(async () => {
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  it.each(cases)(
    "« $caption » fails when $because",
    async ({ step, with: before = [], breakLab, says, caption, ...rest }) => {
      // The upload must be refused before there is room; everything else needs machines.
      if (scenario === "pve1-seul" && step !== "premier-envoi") await prepared();
      const mend = breakLab(project.lab.world);
      const { code, stdout, stderr } = await project.constat(
        "run",
        "runbooks",
        "--yes",
        "--no-report",
        ...only([...before, step]),
      );
      mend();
      const said = `${rest.because}\n${stdout}\n${stderr}`;
      expect((await stepStatuses(project.folder))[step], said).toBe("failed");
      expect(code, said).toBe(1);
      const events = await latestEvents(project.folder);
      const started = events.find((event) => event.type === "run-started");
      const id = started?.placeholders.find((placeholder) => placeholder.caption === caption)?.id;
      expect(id).toBeDefined();
      expect(events.filter((event) => event.type === "placeholder-filled" && event.placeholder === id)).toEqual([]);
      const finished = events.findLast((event) => event.type === "step-finished" && event.step === step);
      expect(JSON.stringify(finished)).toMatch(says);
    },
    120_000,
  );

  /** Once: both machines with their answers, ready to start. */
  async function prepared(): Promise<void> {
    if (nodeOf(project.lab.world, "pve1").guests.has(103)) return;
    const { code, stdout, stderr } = await project.constat(
      "run",
      "runbooks",
      "--yes",
      "--no-report",
      ...only(PREPARATION),
    );
    expect([0, 4], `${stdout}\n${stderr}`).toContain(code);
  }
});

function only(steps: readonly string[]): readonly string[] {
  return steps.flatMap((step) => ["--only", step]);
}

function changeBridge(
  world: World,
  name: string,
  to: { readonly gateway?: string; readonly address?: string },
): () => void {
  const bridge = nodeOf(world, name).interfaces.find(({ type }) => type === "bridge");
  if (!bridge) throw new Error(`${name} has no bridge`);
  const { gateway, address } = bridge;
  Object.assign(bridge, to);
  return () => void Object.assign(bridge, { gateway, address });
}
