import type { LabClock } from "./clock.ts";
import type { Dialect } from "./dialect.ts";
import type { LabEvents } from "./events.ts";
import type { Faults } from "./faults.ts";
import type { GuestManager } from "./guest-manager.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { PhysicalServer } from "./server.ts";
import type { VncPorts } from "./vnc-ports.ts";

/** The one truth of a lab: every door reads it and changes it, nothing else remembers anything. */
export interface World {
  readonly clock: LabClock;
  readonly dialect: Dialect;
  /** By name, in the order of the scenario. */
  readonly nodes: ReadonlyMap<string, NodeState>;
  /** Physical servers with a management controller, by the name of their node. */
  readonly servers: Map<string, PhysicalServer>;
  readonly faults: Faults;
  readonly events: LabEvents;
  /** Where `vncproxy` listens. */
  readonly vncPorts: VncPorts;
  /** Who watches over guests; undefined while there is no HA stack. */
  guestManager: GuestManager | undefined;
  /** Aborted when the lab stops: every wait of the lab ends with it. */
  readonly signal: AbortSignal;
  /** Aborts the signal. */
  stop(): void;
}

/** The node of that name; throws what a real node says about a name it cannot resolve. */
export function nodeOf(world: World, name: string): NodeState {
  const node = world.nodes.get(name);
  if (node) return node;
  throw unresolved(name);
}

/** What a node says about a name it cannot resolve. */
export function unresolved(name: string): PveError {
  return new PveError(
    `hostname lookup '${name}' failed - failed to get address info for: ${name}: Temporary failure in name resolution`,
  );
}

/** The node that owns an address or a host name, if any. */
export function findHost(world: World, host: string): NodeState | undefined {
  return [...world.nodes.values()].find(
    (node) => node.name === host || node.interfaces.some((nic) => nic.address === host),
  );
}
