/** A monitor. `running` is the process, `inQuorum` what the others have noticed so far. Times are lab milliseconds. */
export interface CephMon {
  readonly name: string;
  readonly address: string;
  readonly createdAt: number;
  running: boolean;
  inQuorum: boolean;
}

/** A manager; the one that `activeMgr` names does the work. */
export interface CephMgr {
  readonly name: string;
  readonly address: string;
  readonly createdAt: number;
  running: boolean;
}

/** An OSD on one whole disk. `running` is the process, `up` what the cluster has noticed so far. */
export interface CephOsd {
  readonly id: number;
  /** Name of its host. */
  readonly node: string;
  readonly address: string;
  /** "/dev/sdb" */
  readonly device: string;
  /** Bytes of its logical volume. */
  readonly size: number;
  readonly deviceClass: "ssd" | "hdd" | "nvme";
  /** Also the middle of its logical volume's name. */
  readonly fsid: string;
  readonly createdAt: number;
  running: boolean;
  up: boolean;
  in: boolean;
}

/** An RBD image of a pool: bytes of its size, and of what was written to it; seconds, lab time. */
export interface RbdImage {
  readonly name: string;
  readonly size: number;
  readonly written: number;
  readonly created: number;
}

/** A replicated pool. */
export interface CephPool {
  readonly id: number;
  readonly name: string;
  readonly createdAt: number;
  size: number;
  minSize: number;
  pgNum: number;
  pgNumMin: number | undefined;
  autoscale: "on" | "warn" | "off";
  readonly application: string;
}

/** What `pveceph init` decides. */
export interface CephConfig {
  readonly fsid: string;
  /** As given: "10.202.0.0/16"; undefined without --network. */
  readonly publicNetwork: string | undefined;
  readonly clusterNetwork: string | undefined;
  readonly size: number;
  readonly minSize: number;
}

/** Ceph as the whole cluster shares it: configuration in /etc/pve, maps held by the monitors. */
export interface CephCluster {
  /** Undefined until `pveceph init`. */
  config: CephConfig | undefined;
  readonly mons: CephMon[];
  readonly mgrs: CephMgr[];
  readonly osds: CephOsd[];
  readonly pools: CephPool[];
  /** "noout" … */
  readonly flags: Set<string>;
  activeMgr: string | undefined;
  /** Lab milliseconds of the last change of the quorum, the active manager, the OSDs up and the OSDs in. */
  readonly since: { quorum: number; manager: number; up: number; in: number };
  /** When the first OSD came up, and when the last one went down. */
  firstUpAt: number | undefined;
  lastDownAt: number | undefined;
  /** Epochs of the three maps and of the elections. */
  readonly epochs: { monmap: number; osdmap: number; mgrmap: number; election: number };
  nextPool: number;
  /** What the storages on a pool keep there, by the pool's name. */
  imagesIn(pool: string): readonly RbdImage[];
}

/** Ceph on one node: which packages it has. */
export interface NodeCeph {
  release: CephReleaseName | undefined;
  /** Where the packages came from. */
  repository: CephRepository | undefined;
  /** Whether /etc/ceph/ceph.conf points to the cluster's: pveceph links it when it first changes something on the node. */
  linked: boolean;
}

export type CephReleaseName = "quincy" | "reef" | "squid" | "tentacle";
export type CephRepository = "enterprise" | "no-subscription" | "test" | "manual";

/** No Ceph yet; `imagesIn` tells what the storages keep in a pool. */
export function noCeph(imagesIn: CephCluster["imagesIn"]): CephCluster {
  return {
    imagesIn,
    config: undefined,
    ...{ mons: [], mgrs: [], osds: [], pools: [] },
    flags: new Set(),
    activeMgr: undefined,
    since: { quorum: 0, manager: 0, up: 0, in: 0 },
    firstUpAt: undefined,
    lastDownAt: undefined,
    epochs: { monmap: 0, osdmap: 1, mgrmap: 1, election: 1 },
    nextPool: 1,
  };
}
