import { expect } from "vitest";
import { changeStorage } from "../../lab/state/storage-config.ts";
import { keepVolume, storageOf } from "../../lab/state/volumes.ts";
import { nodeOf, type World } from "../../lab/state/world.ts";
import {
  describeFalseCaptions,
  describeFalseCaptionsOn,
  type FalseCaption,
  type FalseOnLab,
} from "../support/false-captions.ts";

/** The upload must be refused while there is no room. */
const WITHOUT_ROOM: readonly FalseCaption[] = [
  {
    scenario: "pve1-seul",
    caption: "stockage insuffisant lors des premières tentatives",
    step: "premier-envoi",
    because: "the upload is refused for another reason than room: the storage takes no ISO",
    breakLab: ({ world }) => {
      changeStorage(nodeOf(world, "pve1"), "local", new Map([["content", "vztmpl,backup"]]), []);
    },
    of: /No space left/,
    says: /^rien d’approchant/,
  },
];

/** pve1 on a disk that is nearly full, with both machines ready to start. */
const ON_PVE1: readonly FalseOnLab[] = [
  {
    caption: "stockage disponible après correction",
    step: "stockage-corrige",
    beside: ["place-promise"],
    because: "the pool is as small as it was, and promises more than it has",
    breakLab: () => {},
    of: /nodes\/pve1\/storage/,
    says: /^aucune valeur$/,
  },
  {
    caption: "commandes d’extension des volumes",
    step: "etendre-volumes",
    because: "the disk that was to be added carries partitions",
    breakLab: ({ world }) => {
      const disk = nodeOf(world, "pve1").hardware.disks.find(({ path }) => path === "/dev/sdc");
      if (disk) disk.used = "partitions";
      return () => {
        if (disk) disk.used = undefined;
      };
    },
    says: /Cannot use \/dev\/sdc: device is partitioned/,
  },
  {
    caption: "installation de Proxmox sur pve2",
    step: "ecran-pve2",
    beside: ["demarrer-pve2"],
    because: "the machine finds no answers: their disk bears another name",
    breakLab: ({ world }) => {
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
    beside: ["demarrer-pve3"],
    because: "the machine's network card is not the one of its answers",
    breakLab: ({ world }) => {
      const guest = nodeOf(world, "pve1").guests.get(103);
      guest?.config.set("net0", "virtio=BC:24:11:FF:FF:FF,bridge=vmbr0");
      return () => {};
    },
    says: /did not match|Installation failed/,
  },
];

/** Three nodes that are there already. */
const ON_NODES: readonly FalseOnLab[] = [
  {
    caption: "configuration réseau de pve2",
    step: "reseau-pve2",
    because: "pve2 has another gateway",
    breakLab: ({ world }) => changeBridge(world, "pve2", { gateway: "10.202.0.1" }),
    says: /10\.202\.0\.1\b/,
  },
  {
    caption: "interface web de pve2 après installation",
    step: "interface-pve2",
    because: "what answers at the address of pve2 says that it has another one",
    breakLab: ({ world }) => changeBridge(world, "pve2", { address: "10.202.4.92" }),
    says: /10\.202\.4\.92/,
  },
  {
    caption: "interface web de pve3",
    step: "interface-pve3",
    because: "what answers at the address of pve3 says that it has another one",
    breakLab: ({ world }) => changeBridge(world, "pve3", { address: "10.202.4.93" }),
    says: /10\.202\.4\.93/,
  },
];

const PREPARATION = [
  ...["agrandir-racine", "envoyer-iso", "installer-assistant", "preparer-iso"],
  ...["creer-pve2", "reponses-pve2", "creer-pve3", "reponses-pve3"],
];

describeFalseCaptions(2, WITHOUT_ROOM);
describeFalseCaptionsOn({ scenario: "pve1-seul", chapters: [2] }, ON_PVE1, async (project) => {
  const { code, stdout, stderr } = await project.run(...PREPARATION);
  expect([0, 4], `${stdout}\n${stderr}`).toContain(code);
});
describeFalseCaptionsOn({ scenario: "trois-noeuds", chapters: [2] }, ON_NODES);

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
