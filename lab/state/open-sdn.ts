import type { Scenario } from "./scenario.ts";
import { applySdn } from "./sdn-apply.ts";
import { createSubnet } from "./sdn-subnets.ts";
import { createVnet } from "./sdn-vnets.ts";
import { createZone } from "./sdn-zones.ts";
import { nodeOf, type World } from "./world.ts";

/** Makes the zone, VNet and subnet of a scenario, as chapter 7 does, and applies them on every node. */
export async function openSdn(world: World, { sdn, noeuds }: Scenario): Promise<void> {
  const [first] = noeuds;
  if (sdn === undefined || first === undefined) return;
  const node = nodeOf(world, first.nom);
  const peers = noeuds.map(({ adresse }) => adresse).join(",");
  createZone(node, world.dialect, { id: sdn.zone, values: { type: "vxlan", peers } });
  createVnet(node, world.dialect, { id: sdn.vnet, values: { zone: sdn.zone, tag: String(sdn.numero) } });
  createSubnet(node, sdn.vnet, { id: sdn.reseau, values: { type: "subnet", gateway: sdn.passerelle } });
  await applySdn(world, node, { user: "root@pam", token: undefined, release: false }).done;
}
