import { contains } from "./ceph/local-address.ts";
import type { NodeState } from "./node.ts";
import { parseProperties } from "./property-string.ts";
import { PveError } from "./pve-error.ts";

/** Which way a machine's memory takes to its target. */
export interface MigrationWay {
  /** The target's address for it. */
  readonly address: string;
  /** The datacenter's options name a network for it. */
  readonly dedicated: boolean;
  /** Without encryption: straight to the target's port, and not through ssh. */
  readonly insecure: boolean;
}

/** What the `migration` option of the datacenter makes of it: "secure" and the node's own address, or "type=insecure,network=10.10.20.0/24". */
export function migrationWay(target: NodeState): MigrationWay {
  const properties = parseProperties(target.database.options.get("migration") ?? "", "type");
  const network = properties.get("network");
  const insecure = properties.get("type") === "insecure";
  if (network === undefined) return { address: target.address, dedicated: false, insecure };
  const nic = target.interfaces.find(({ address }) => address !== undefined && contains(network, address));
  if (nic?.address === undefined)
    throw new PveError(`could not get migration ip: no IP address configured on local node for network '${network}'`);
  return { address: nic.address, dedicated: true, insecure };
}
