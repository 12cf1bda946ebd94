/** What a scenario or a test has broken. The doors look here; state that follows from a fault (power, membership) is in the nodes. */
export interface Faults {
  /** Real milliseconds added to every API answer of a node. */
  readonly slowApi: Map<string, number>;
  /** Answers given once instead of the real one, first in first out, by node. */
  readonly apiFailsOnce: Map<string, ApiFailure[]>;
  /** Tickets of a node issued at or before this lab second are refused. */
  readonly sessionsEndedAt: Map<string, number>;
  /** Nodes whose ssh port refuses connections. */
  readonly sshRefused: Set<string>;
  /** Nodes whose root file system is full: writes fail with ENOSPC. */
  readonly diskFull: Set<string>;
  /** Nodes with an ifupdown2 that is not Proxmox's: its version. The network cannot be reloaded there. */
  readonly foreignIfupdown: Map<string, string>;
  /** Nodes on which dnsmasq is half installed: every reload fails once there is an SDN. */
  readonly halfDnsmasq: Set<string>;
  /** Nodes whose pvestatd does not run: the cluster has no figures of them. */
  readonly silentStatus: Set<string>;
  /** Largest IP packet, in bytes, that the switch lets through to and from a node. */
  readonly smallFrames: Map<string, number>;
  /** Packages that were removed and have left their configuration, as `node:package`. */
  readonly removedPackages: Set<string>;
  /** Cut corosync links, as `node:link`. */
  readonly cutLinks: Set<string>;
}

/** One failing answer: only for paths that start with `path`, when given ("/cluster/status"). */
export interface ApiFailure {
  readonly status: number;
  readonly message: string;
  readonly path?: string;
}

/** Nothing broken. */
export function noFaults(): Faults {
  return {
    slowApi: new Map(),
    apiFailsOnce: new Map(),
    sessionsEndedAt: new Map(),
    sshRefused: new Set(),
    diskFull: new Set(),
    foreignIfupdown: new Map(),
    halfDnsmasq: new Set(),
    silentStatus: new Set(),
    smallFrames: new Map(),
    removedPackages: new Set(),
    cutLinks: new Set(),
  };
}
