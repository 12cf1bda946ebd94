import type { KeyObject } from "node:crypto";
import type { Authority } from "../tls/authority.ts";
import type { CephCluster } from "./ceph/ceph-cluster.ts";
import type { CorosyncConfig } from "./corosync.ts";
import type { SdnState } from "./sdn.ts";
import type { Volume } from "./volume.ts";

/** A storage as /etc/pve/storage.cfg defines it. */
export interface StorageDefinition {
  readonly id: string;
  readonly type: "dir" | "lvmthin" | "lvm" | "zfspool" | "rbd";
  readonly content: readonly string[];
  /** The other keys of the definition, in the order of the file: path, thinpool, vgname … */
  readonly properties: Readonly<Record<string, string>>;
  readonly shared: boolean;
  /** Names of the nodes it is limited to; empty for all. */
  readonly nodes: readonly string[];
}

/** What pmxcfs keeps in /etc/pve. A standalone node has its own; members of one cluster hold the same object. */
export interface ClusterDatabase {
  /** Undefined on a node without cluster. */
  corosync: CorosyncConfig | undefined;
  /** pve-root-ca */
  readonly authority: Authority;
  /** authkey, an RSA private key: signs tickets. A join replaces the joiner's, which is why its sessions end. */
  readonly ticketKey: KeyObject;
  /** pve-www.key: signs CSRF tokens. */
  readonly csrfKey: Buffer;
  readonly storages: StorageDefinition[];
  /** What the shared storages hold, by volume id. */
  readonly sharedVolumes: Map<string, Volume>;
  /** datacenter.cfg, as the API names its keys. */
  readonly options: Map<string, string>;
  readonly sdn: SdnState;
  /** Other files below /etc/pve, by path without that prefix ("storage.cfg" is rendered, not stored here). */
  readonly files: Map<string, string>;
  readonly ceph: CephCluster;
  /** Counter shown as "version" in .members. */
  membersVersion: number;
}
