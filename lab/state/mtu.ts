import { placesOn } from "./guest-network.ts";
import { kernelLinks } from "./kernel-links.ts";
import type { NodeState } from "./node.ts";
import { sameNetwork } from "./reachable.ts";
import type { World } from "./world.ts";

/** The largest IP packets, in bytes, from a node to an address: what its own interface takes, and what the way lets through. */
export function mtuTowards(
  world: World,
  node: NodeState,
  address: string,
): { readonly own: number; readonly path: number } {
  const links = kernelLinks(node);
  const loopback = links.find(({ type }) => type === "loopback")?.mtu ?? 65_536;
  if (address.startsWith("127.") || links.some((link) => link.address === address))
    return { own: loopback, path: loopback };
  const near = links.find(
    ({ type, address: own, prefix }) =>
      type !== "loopback" && own !== undefined && prefix !== undefined && sameNetwork(own, address, prefix),
  );
  const own = near?.mtu ?? 1500;
  const holder = [...world.nodes.values()].find((each) =>
    placesOn(world, each).some((place) => place.address === address),
  );
  const limits = [node, holder].map((each) => world.faults.smallFrames.get(each?.name ?? "") ?? own);
  return { own, path: Math.min(own, ...limits) };
}
