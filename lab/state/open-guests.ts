import { randomUUID } from "node:crypto";
import type { StorageDefinition } from "./cluster-database.ts";
import { type GuestAddress, newGuest } from "./guest.ts";
import type { NodeState } from "./node.ts";
import type { Scenario } from "./scenario.ts";
import { recordFinishedTask } from "./tasks.ts";
import { markStarted } from "./vm-power.ts";
import { newMac } from "./vm-values.ts";
import { keepVolume, storageOf } from "./volumes.ts";
import { nodeOf, type World } from "./world.ts";

const GIB = 2 ** 30;

/** Adds what a scenario says under `stockages` to storage.cfg, of every node that has it in its own or its cluster's. */
export function openStorages(world: World, scenario: Scenario): void {
  const databases = new Set([...world.nodes.values()].map((node) => node.database));
  for (const { nom: id, type, contenu, options, partage, noeuds } of scenario.stockages ?? []) {
    const storage: StorageDefinition = {
      ...{ id, type, content: contenu, properties: options, nodes: noeuds },
      shared: partage ?? type === "rbd",
    };
    for (const database of databases) database.storages.push(storage);
  }
}

/** Makes the guests of a scenario, with their disks; those that run have run since the time it says. */
export function openGuests(world: World, scenario: Scenario): void {
  for (const spec of scenario.invites ?? []) openGuest(world, scenario, spec);
}

function openGuest(world: World, scenario: Scenario, spec: NonNullable<Scenario["invites"]>[number]): void {
  const node = nodeOf(world, spec.noeud);
  const guest = newGuest(spec.id);
  const { config } = guest;
  const { pont, adresse, etiquette } = spec.reseau;
  const values: Readonly<Record<string, string | undefined>> = {
    agent: spec.agent ? "1" : undefined,
    boot: "order=scsi0;net0",
    cores: String(spec.coeurs),
    cpu: "x86-64-v2-AES",
    memory: String(spec.memoire),
    meta: `creation-qemu=${world.dialect === "9" ? "10.1.2" : "9.2.0"},ctime=${world.clock.seconds() - 172_800}`,
    name: spec.nom,
    net0: `virtio=${spec.reseau.mac ?? newMac()},bridge=${pont}${etiquette === undefined ? "" : `,tag=${etiquette}`}`,
    net1: spec["seconde-carte"] && `virtio=${newMac()},bridge=${spec["seconde-carte"].pont},mtu=1`,
    numa: "0",
    ostype: "l26",
    scsi0: `${makeDisk(world, node, spec)},iothread=1,size=${spec.disque.taille}G`,
    scsihw: "virtio-scsi-single",
    smbios1: `uuid=${randomUUID()}`,
    sockets: "1",
    vmgenid: randomUUID(),
  };
  for (const [key, value] of Object.entries(values)) if (value !== undefined) config.set(key, value);
  const addresses = new Map<string, GuestAddress>(
    adresse === undefined
      ? []
      : [["net0", { address: adresse, prefix: scenario.prefixe, gateway: scenario.passerelle }]],
  );
  const second = spec["seconde-carte"]?.adresse;
  if (second !== undefined) addresses.set("net1", { address: second, prefix: prefixOf(scenario) });
  guest.system = { hostname: spec.nom, addresses, cloudInit: true, agent: spec.agent };
  node.guests.set(spec.id, guest);
  if (spec.etat === "arretee") return;
  markStarted(world, node, guest);
  guest.startedAt = world.clock.now() - spec["en-marche-depuis"] * 1000;
  recordFinishedTask(node, "qmstart", world.clock.seconds() - spec["en-marche-depuis"], String(spec.id));
}

/** A second card stands on the network of the SDN. */
function prefixOf({ sdn, prefixe }: Scenario): number {
  return sdn === undefined ? prefixe : Number(sdn.reseau.split("/")[1]);
}

function makeDisk(world: World, node: NodeState, spec: NonNullable<Scenario["invites"]>[number]): string {
  const { stockage, taille } = spec.disque;
  const storage = storageOf(node, stockage);
  const name = `vm-${spec.id}-disk-0`;
  const volid = `${stockage}:${storage.type === "dir" ? `${spec.id}/${name}.raw` : name}`;
  const size = taille * GIB;
  const ctime = world.clock.seconds() - 172_800;
  keepVolume(node, storage, { volid, content: "images", format: "raw", size, used: size * 0.2, vmid: spec.id, ctime });
  return volid;
}
