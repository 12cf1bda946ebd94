import { isIPv4 } from "node:net";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";

/** The node's address in Ceph's public network, or its own without one; throws what pveceph says when it has none there. */
export function addressIn(node: NodeState, network: string | undefined): string {
  if (network === undefined) return node.address;
  const found = node.interfaces.find((nic) => nic.address !== undefined && contains(network, nic.address));
  if (found?.address !== undefined) return found.address;
  throw new PveError(`No active IP found for the requested ceph public network '${network}' on node '${node.name}'`);
}

/** Whether an IPv4 network in CIDR notation (host bits may be set) contains an address. */
export function contains(network: string, address: string): boolean {
  const [base = "", length = "32"] = network.split("/");
  const [one, other] = [toNumber(base), toNumber(address)];
  if (one === undefined || other === undefined) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(one / size) === Math.floor(other / size);
}

function toNumber(address: string): number | undefined {
  if (!isIPv4(address)) return undefined;
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
