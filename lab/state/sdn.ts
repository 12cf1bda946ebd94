/** A value of an SDN section: texts and numbers, as the API answers them. */
export type SdnValue = string | number;

/** One section of zones.cfg, vnets.cfg, subnets.cfg, controllers.cfg or (from version 9 on) fabrics.cfg: its type and the keys beside it. */
export interface SdnSection {
  readonly type: string;
  readonly [key: string]: SdnValue;
}

export const SDN_KINDS = ["zones", "vnets", "subnets", "controllers", "fabrics"] as const;
export type SdnKind = (typeof SDN_KINDS)[number];

/** Sections by id. */
export type SdnSections = Record<SdnKind, Map<string, SdnSection>>;

/** What the last apply left in .running-config, with the number it got. */
export interface SdnRunning {
  readonly version: number;
  readonly sections: Readonly<Record<SdnKind, ReadonlyMap<string, SdnSection>>>;
}

/** The SDN of a cluster: what is written in /etc/pve/sdn, what was applied, and who holds the lock of version 9. */
export interface SdnState {
  readonly configured: SdnSections;
  running: SdnRunning | undefined;
  /** Token of the global lock; undefined while nobody holds it. */
  lockToken: string | undefined;
  /** True once anything was written there. */
  started: boolean;
}

/** A cluster without SDN. */
export function createSdn(): SdnState {
  return { configured: noSections(), running: undefined, lockToken: undefined, started: false };
}

export function noSections(): SdnSections {
  return { zones: new Map(), vnets: new Map(), subnets: new Map(), controllers: new Map(), fabrics: new Map() };
}

/** One interface that the SDN brought up on a node. */
export interface SdnLink {
  readonly name: string;
  readonly kind: "bridge" | "vxlan" | "vlan" | "veth";
  readonly mac: string;
  readonly mtu: number;
  /** "10.50.0.1/24" */
  readonly addresses: readonly string[];
  /** Ports, of a bridge. */
  readonly ports: readonly string[];
  readonly alias: string | undefined;
  readonly vxlan: { readonly id: number; readonly remotes: readonly string[] } | undefined;
  /** The tag of a VLAN interface. */
  readonly tag: number | undefined;
}

/** What the SDN is on one node. */
export interface NodeSdn {
  /** What the last successful reload brought up. */
  links: readonly SdnLink[];
  /** What pvestatd told the cluster last: zone states by id, and in which of its rounds. */
  told: { readonly round: number; readonly zones: ReadonlyMap<string, SdnZoneStatus> };
}

/** A zone as a node reports it. */
export interface SdnZoneStatus {
  readonly status: "available" | "pending" | "error";
  readonly zoneType: string;
}

/** A node on which no SDN was ever applied. */
export function createNodeSdn(): NodeSdn {
  return { links: [], told: { round: -1, zones: new Map() } };
}
