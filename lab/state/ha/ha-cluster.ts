/** What a resource is wished to be. */
export type WishedState = "started" | "enabled" | "stopped" | "disabled" | "ignored";

/** One entry of resources.cfg; undefined is the default, which neither the file nor the API's list shows. */
export interface HaResource {
  readonly sid: string;
  readonly vmid: number;
  state?: WishedState | undefined;
  max_restart?: number | undefined;
  max_relocate?: number | undefined;
  comment?: string | undefined;
  /** Version 8. */
  group?: string | undefined;
  /** Version 9; 1 by default. */
  failback?: number | undefined;
}

/** One entry of groups.cfg (version 8). */
export interface HaGroup {
  readonly group: string;
  /** "pve1:2,pve2" */
  nodes: string;
  nofailback?: number | undefined;
  restricted?: number | undefined;
  comment?: string | undefined;
}

/** One entry of rules.cfg (version 9). */
export interface HaRule {
  readonly rule: string;
  readonly type: "node-affinity" | "resource-affinity";
  /** "vm:100,vm:200" */
  resources: string;
  nodes?: string | undefined;
  strict?: number | undefined;
  affinity?: string | undefined;
  comment?: string | undefined;
  disable?: number | undefined;
}

export type CrmState =
  | "request_start"
  | "started"
  | "request_stop"
  | "stopped"
  | "fence"
  | "recovery"
  | "migrate"
  | "relocate"
  | "freeze"
  | "error";

/** What the manager knows of one service. */
export interface HaService {
  readonly sid: string;
  readonly vmid: number;
  node: string;
  state: CrmState;
  target?: string | undefined;
  running: boolean;
  /** Changes with every new piece of work. */
  uid: string;
  failures: number;
  /** Where it lived before maintenance. */
  maintenanceNode?: string | undefined;
}

/** The end of one piece of a local manager's work. */
export interface LrmResult {
  readonly sid: string;
  readonly state: string;
  readonly exitCode: number;
}

/** A node's local resource manager. */
export interface HaLrm {
  state: "wait_for_agent_lock" | "active" | "maintenance";
  mode: "active" | "maintenance";
  /** Lab milliseconds of its last sign of life, undefined before the first. */
  at: number | undefined;
  next: number;
  /** False while its node is off or without quorum. */
  awake: boolean;
  /** Lab milliseconds since when it holds its lock without quorum. */
  lostQuorumAt: number | undefined;
  idleSince: number | undefined;
  readonly results: Map<string, LrmResult>;
  readonly busy: Set<string>;
}

export type ArmedState = "standby" | "armed" | "disarming" | "disarmed";

/** A line of the journal of pve-ha-crm or pve-ha-lrm. */
export interface HaLogLine {
  readonly at: number;
  readonly node: string;
  readonly unit: "pve-ha-crm" | "pve-ha-lrm";
  readonly text: string;
}

/** The HA stack of one cluster: its configuration, and what manager_status and the lrm_status files say. */
export interface HaCluster {
  readonly resources: HaResource[];
  readonly groups: HaGroup[];
  readonly rules: HaRule[];
  master: string | undefined;
  /** Lab milliseconds of the manager's last round. */
  masterAt: number;
  masterNext: number;
  /** Lab milliseconds at which the ticking began; undefined before the first resource. */
  awakeSince: number | undefined;
  armed: ArmedState;
  disarmMode: "freeze" | "ignore";
  readonly nodeStatus: Map<string, "online" | "unknown" | "fence" | "maintenance">;
  readonly lastOnline: Map<string, number>;
  /** When a node left the membership, lab milliseconds. */
  readonly leftAt: Map<string, number>;
  readonly services: Map<string, HaService>;
  readonly lrm: Map<string, HaLrm>;
  /** Nodes that hold their agent lock, with the time of its last renewal. */
  readonly agentLocks: Map<string, number>;
  /** Nodes asked into maintenance. */
  readonly maintenance: Set<string>;
  /** crm_commands, in order. */
  readonly commands: string[];
  readonly log: HaLogLine[];
}

/** The stack as a fresh installation has it: nothing managed. */
export function noHa(): HaCluster {
  return {
    ...{ resources: [], groups: [], rules: [], master: undefined, masterAt: 0, masterNext: 0, awakeSince: undefined },
    ...{ armed: "standby", disarmMode: "freeze", nodeStatus: new Map(), lastOnline: new Map(), leftAt: new Map() },
    ...{ services: new Map(), lrm: new Map(), agentLocks: new Map(), maintenance: new Set(), commands: [], log: [] },
  };
}

/** The local manager of a node, made when it is first asked for. */
export function lrmOf(ha: HaCluster, node: string): HaLrm {
  const known = ha.lrm.get(node);
  if (known) return known;
  const lrm: HaLrm = {
    ...{ state: "wait_for_agent_lock", mode: "active", at: undefined, next: 0, awake: false, lostQuorumAt: undefined },
    ...{ idleSince: undefined, results: new Map(), busy: new Set() },
  };
  ha.lrm.set(node, lrm);
  return lrm;
}
