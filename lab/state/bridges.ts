import type { NodeState } from "./node.ts";
import type { SdnLink } from "./sdn.ts";
import type { World } from "./world.ts";

/**
 * Which wire a bridge of a node belongs to: machines on the same wire hear each other. Bridges with a physical port are all on the site's
 * network, one wire a VLAN tag; a bridge without port is a wire of its node alone; VNets over tunnels are one wire a tunnel number.
 * Undefined when the node has no such bridge.
 */
export function wireOf(_world: World, node: NodeState, bridge: string, tag?: string): string | undefined {
  const vlan = tag === undefined ? "" : `.${tag}`;
  const vnet = node.sdn.links.find((link) => link.name === bridge && link.kind === "bridge");
  if (vnet) return `${uplinkOf(node, vnet) ?? `${node.name}/${bridge}`}${vlan}`;
  const found = node.interfaces.find((nic) => nic.name === bridge && nic.type === "bridge");
  if (!found) return undefined;
  return found.ports.length > 0 ? `site${vlan}` : `${node.name}/${bridge}${vlan}`;
}

/** Where the ports of a VNet lead: to a tunnel, or to a VLAN of the site, perhaps through a pair of cables. */
function uplinkOf(node: NodeState, vnet: SdnLink): string | undefined {
  for (const port of vnet.ports) {
    const link = node.sdn.links.find((each) => each.name === port);
    if (link?.vxlan) return `vxlan.${link.vxlan.id}`;
    if (link?.tag !== undefined) return `site.${link.tag}`;
    const other = port.startsWith("ln_") ? `pr_${port.slice(3)}` : undefined;
    const below = node.sdn.links.find((each) => other !== undefined && each.ports.includes(other));
    const vlan = node.sdn.links.find((each) => each.tag !== undefined && below?.ports.includes(each.name));
    if (vlan) return `site.${vlan.tag}`;
  }
  return undefined;
}
