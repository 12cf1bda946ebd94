import type { NodeState } from "./node.ts";
import type { World } from "./world.ts";

/**
 * Which wire a bridge of a node belongs to: machines on the same wire hear each other. Bridges with a physical port are all on the site's
 * network, one wire a VLAN tag; a bridge without port is a wire of its node alone. Undefined when the node has no such bridge.
 */
export function wireOf(_world: World, node: NodeState, bridge: string, tag?: string): string | undefined {
  const found = node.interfaces.find((nic) => nic.name === bridge && nic.type === "bridge");
  if (!found) return undefined;
  const vlan = tag === undefined ? "" : `.${tag}`;
  return found.ports.length > 0 ? `site${vlan}` : `${node.name}/${bridge}${vlan}`;
}
