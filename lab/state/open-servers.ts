import { randomBytes } from "node:crypto";
import { createServer } from "./create-server.ts";
import type { NodeState } from "./node.ts";
import type { Opening } from "./opening.ts";
import type { Scenario } from "./scenario.ts";
import { nodeOf, type World } from "./world.ts";

/** Makes the physical servers of a scenario; one whose node runs is on, and its system has booted long ago. */
export async function openServers(world: World, scenario: Scenario, opening: Opening): Promise<void> {
  const passwords = opening.controllerPasswords ?? { tag: madeUp(), service: madeUp(), own: madeUp() };
  for (const spec of scenario.serveurs) {
    const node = nodeOf(world, spec.noeud);
    const server = await createServer(node, {
      node: node.name,
      dialect: opening.controller ?? spec.controleur,
      address: spec.adresse,
      mask: spec.masque,
      gateway: scenario.passerelle,
      tagPassword: passwords.tag,
      account: spec.configure
        ? { user: "constat", password: passwords.own }
        : { user: "maintenance", password: passwords.service },
      now: opening.clock.outside(),
      volume: spec.volume === undefined ? undefined : spec.volume === "en-ligne" ? "online" : "offline",
      volumes: spec.volumes,
    });
    if (spec.configure) server.bmc.network = { ...server.bmc.network, dhcp: false };
    if (node.power === "on") Object.assign(server, { power: "On", post: "FinishedPost" });
    world.servers.set(node.name, server);
  }
}

/** Takes everything off a node that an installation would bring. */
export function stripNode(node: NodeState): void {
  node.installed = false;
  node.power = "off";
  node.proxy = "down";
  node.tasks.length = 0;
  node.clusterLog.length = 0;
  for (const disk of node.hardware.disks) disk.used = undefined;
}

function madeUp(): string {
  return randomBytes(12).toString("base64url");
}
