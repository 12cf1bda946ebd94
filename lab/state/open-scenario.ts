import { buildCeph } from "./ceph/build-ceph.ts";
import { stopOsd } from "./ceph/daemons.ts";
import { findOsd } from "./ceph/osds.ts";
import { createWorld } from "./create-world.ts";
import { formCluster } from "./form-cluster.ts";
import { cutLink, expireCertificate } from "./inject-faults.ts";
import type { NodeState } from "./node.ts";
import { openDeposits } from "./open-deposits.ts";
import { openGuests, openStorages } from "./open-guests.ts";
import { openHa } from "./open-ha.ts";
import { openHostedNodes } from "./open-hosted-nodes.ts";
import { openSdn } from "./open-sdn.ts";
import { openServers, stripNode } from "./open-servers.ts";
import type { Opening } from "./opening.ts";
import { cutPower } from "./power.ts";
import type { Scenario } from "./scenario.ts";
import { nodeOf, type World } from "./world.ts";

/** Makes the world of a scenario, with what it says is broken. */
export async function openScenario(scenario: Scenario, opening: Opening): Promise<World> {
  const { domaine: domain, prefixe: prefix, passerelle: gateway, noeuds } = scenario;
  const { dialect, clock, rootPassword } = opening;
  const nodes = noeuds.map((node) => ({
    ...{ name: node.nom, address: node.adresse, uptime: node["en-marche-depuis"] },
    ...{ prefix, gateway, domain, rootPassword },
    systemDisk: node["disque-systeme"] === undefined ? undefined : node["disque-systeme"] * 2 ** 30,
  }));
  const world = await createWorld({ nodes, dialect, clock });
  for (const { nom, nu } of noeuds) if (nu) stripNode(nodeOf(world, nom));
  await openServers(world, scenario, opening);
  if (scenario.cluster) await formCluster(world, scenario.cluster.nom);
  if (scenario.ceph) buildCeph(world, builtBy(scenario.ceph));
  openStorages(world, scenario);
  openGuests(world, scenario);
  openHostedNodes(world, scenario);
  openHa(world, scenario);
  await openSdn(world, scenario);
  openDeposits(world, scenario);
  for (const path of scenario.images ?? []) for (const node of world.nodes.values()) node.files.set(path, "");
  await breakThings(world, scenario.pannes);
  return world;
}

async function breakThings(world: World, faults: Scenario["pannes"]): Promise<void> {
  for (const [name, ms] of Object.entries(faults["api-lente"] ?? {})) world.faults.slowApi.set(name, ms);
  for (const name of faults["ssh-refuse"] ?? []) world.faults.sshRefused.add(nodeOf(world, name).name);
  for (const name of faults["disque-plein"] ?? []) world.faults.diskFull.add(nodeOf(world, name).name);
  for (const name of faults["certificat-expire"] ?? []) await expireCertificate(world, name);
  for (const text of faults["liens-coupes"] ?? []) {
    const [name = "", link] = text.split(":");
    cutLink(world, name, Number(link));
  }
  for (const place of faults["restes-sur-disque"] ?? []) leaveTraces(world, place);
  for (const id of faults["osd-arretes"] ?? []) {
    const { ceph } = firstNode(world).database;
    stopOsd(world, ceph, findOsd(ceph, id), "told");
  }
  for (const name of faults.eteints ?? []) cutPower(world, nodeOf(world, name));
}

function builtBy({ reseau, disque, pool }: NonNullable<Scenario["ceph"]>): Parameters<typeof buildCeph>[1] {
  return { network: reseau, device: disque, pool };
}

function firstNode(world: World): NodeState {
  const [first] = world.nodes.values();
  if (first) return first;
  throw new Error("Ce scénario n’a aucun nœud.");
}

/** "pve2:/dev/sdb" carries the LVM signature of an earlier try. */
function leaveTraces(world: World, place: string): void {
  const [name = "", path] = place.split(":");
  const disk = nodeOf(world, name).hardware.disks.find((each) => each.path === path);
  if (disk) disk.used = "LVM";
}
