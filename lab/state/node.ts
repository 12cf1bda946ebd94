import type { KeyObject } from "node:crypto";
import type { Certificate } from "../tls/certificate.ts";
import type { NodeCeph } from "./ceph/ceph-cluster.ts";
import type { ClusterDatabase } from "./cluster-database.ts";
import type { Versions } from "./dialect.ts";
import type { HeavyFile } from "./disc-image.ts";
import type { Guest } from "./guest.ts";
import type { Hardware, NetworkInterface } from "./hardware.ts";
import type { HostKey } from "./host-key.ts";
import type { NodeLvm } from "./lvm/volume-group.ts";
import type { NodeSdn } from "./sdn.ts";
import type { Task } from "./task.ts";
import type { Volume } from "./volume.ts";

/** How one node's corosync sees its cluster. */
export interface CorosyncView {
  /** True while the daemon runs. */
  running: boolean;
  /** Names of the members it sees, itself included, in the order of node ids. */
  members: readonly string[];
  /** Ring sequence number; the ring id prints as `<lowest node id>.<hex>`. */
  ringSequence: number;
  /** Expected votes: the configuration's sum unless `pvecm expected` changed it. */
  expectedVotes: number;
  /** True between the loss of a member and the new membership: the old picture is still shown, and writes are "busy". */
  settling: boolean;
}

/** One line of the cluster log, with the names .clusterlog gives its fields. */
export interface LogEntry {
  readonly uid: number;
  /** Seconds, lab time. */
  readonly time: number;
  readonly pri: number;
  readonly tag: string;
  readonly pid: number;
  readonly node: string;
  readonly user: string;
  readonly msg: string;
}

/** One node of the lab: what exists on that machine alone. What it shares with its cluster is in `database`. */
export interface NodeState {
  readonly name: string;
  /** Nominal address on vmbr0, without prefix. */
  readonly address: string;
  /** "off" from the power cut on; "booting" until the services answer. */
  power: "on" | "booting" | "off";
  /** Whether pveproxy accepts connections (it restarts after a join). */
  proxy: "up" | "down";
  /** Lab milliseconds. */
  bootTime: number;
  /** Another one once the node has been installed in a virtual machine. */
  hardware: Hardware;
  lvm: NodeLvm;
  readonly interfaces: NetworkInterface[];
  readonly sdn: NodeSdn;
  dns: { readonly search: string; readonly dns1: string };
  /** False while its disks hold no system: it cannot be switched on. */
  installed: boolean;
  readonly versions: Versions;
  rootPassword: string;
  certificate: Certificate;
  readonly sshHostKey: HostKey;
  readonly guests: Map<number, Guest>;
  readonly ceph: NodeCeph;
  /** What its own storages hold, by volume id. */
  readonly volumes: Map<string, Volume>;
  /** What /etc/pve holds; the same object on every member of a cluster. */
  database: ClusterDatabase;
  readonly corosync: CorosyncView;
  /** Newest first. */
  readonly tasks: Task[];
  /** This node's lines of the cluster log, newest first. */
  readonly clusterLog: LogEntry[];
  /** True while somebody holds /var/lock/pvecm.lock. */
  pvecmLocked: boolean;
  /** True while a join has taken the node's own certificate from /etc/pve and not yet put a new one there. */
  certificateAbsent: boolean;
  /** Key of the sessions before a join, while some worker processes still know it (dialect 9). */
  formerTicketKey: KeyObject | undefined;
  /** Node-local files that doors add or change, by absolute path (never below /etc/pve). */
  readonly files: Map<string, string>;
  /** Images and other large files outside the storages, by absolute path. */
  readonly heavyFiles: Map<string, HeavyFile>;
  /** Packages that were added to the installation, by name with their version. */
  readonly packages: Map<string, string>;
  /** Counters behind process ids, made so that they never repeat. */
  nextPid: number;
}
