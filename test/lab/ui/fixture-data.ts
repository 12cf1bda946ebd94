/** What the hand-written API knows; a test changes it to make the page see something else. */
export interface FixtureState {
  dialect: "9" | "8.4";
  language?: string | undefined;
  cluster: { name: string; version: number; links?: Readonly<Record<string, string>> } | undefined;
  members: string[];
  /** Milliseconds before each answer of the API. */
  delay: number;
  /** True answers 401 to everything but a login. */
  refuse: boolean;
  /** Every request of the API that came, `GET /cluster/status`. */
  readonly requests: string[];
  /** Tasks that were started, newest last. */
  readonly tasks: string[];
}

export type Answer = { readonly data: unknown } | { readonly status: number; readonly message: string };

export const ADDRESS = (node: string): string => `10.202.4.${30 + Number(node.slice(3))}`;
const GIB = 1024 ** 3;

/** The members as cluster/config/nodes lists them. */
export function configNodes(state: FixtureState) {
  if (state.cluster === undefined) return [];
  return state.members.map((name, index) => ({
    name,
    node: name,
    nodeid: String(index + 1),
    quorum_votes: "1",
    ring0_addr: ADDRESS(name),
  }));
}

/** Answers what only reads. */
export function read(state: FixtureState, path: string, query: URLSearchParams): Answer {
  const task = /^\/nodes\/pve1\/tasks\/(UPID:[^/]*)\/(status|log)$/.exec(path);
  if (task !== null) {
    if (task[2] === "status") return { data: { status: "stopped", exitstatus: "OK", upid: task[1] } };
    return {
      data: [
        { n: 1, t: "Corosync Cluster Engine Authentication key generator." },
        { n: 2, t: "TASK OK" },
      ],
    };
  }
  switch (path.replace(/^\/nodes\/[^/]+/, "/nodes/N")) {
    case "/access/domains":
      return {
        data: [
          { realm: "pam", type: "pam", comment: "Linux PAM standard authentication", default: 1 },
          { realm: "pve", type: "pve", comment: "Proxmox VE authentication server" },
        ],
      };
    case "/version":
      return {
        data: state.dialect === "9" ? { version: "9.2.11", release: "9.2" } : { version: "8.4.21", release: "8.4" },
      };
    case "/cluster/options":
      return { data: { mac_prefix: "BC:24:11", migration: { type: "secure" } } };
    case "/cluster/status":
      return { data: clusterStatus(state) };
    case "/cluster/resources":
      return { data: resources(state) };
    case "/cluster/tasks":
      return { data: state.tasks.map(taskEntry) };
    case "/cluster/log":
      return {
        data: [
          { uid: "1", time: 1795345566, node: "pve1", user: "root@pam", tag: "pvedaemon", msg: "successful auth" },
        ],
      };
    case "/cluster/config/nodes":
      return { data: configNodes(state) };
    case "/nodes/N/disks/list":
      return { data: [{ devpath: "/dev/sda", size: 480_103_981_056, type: "ssd", used: "LVM", osdid: -1, gpt: 1 }] };
    case "/nodes/N/ceph/status":
    case "/cluster/ceph/status":
    case "/nodes/N/ceph/osd":
    case "/cluster/ceph/metadata":
      return { status: 500, message: "binary not installed: /usr/bin/ceph-mon" };
    case "/cluster/ha/status/current":
      return { data: [{ id: "quorum", type: "quorum", node: "pve1", quorate: 1, status: "OK" }] };
    case "/cluster/ha/resources":
      return { data: [] };
    case "/cluster/ha/rules":
      return state.dialect === "9" ? { data: [] } : { status: 501, message: `Method 'GET ${path}' not implemented` };
    case "/cluster/ha/groups":
      return state.dialect === "9"
        ? { status: 500, message: "cannot index groups: ha groups have been migrated to rules" }
        : { data: [] };
    case "/storage":
      return {
        data: [{ storage: "local", type: "dir", path: "/var/lib/vz", content: "iso,vztmpl,backup", shared: 0 }],
      };
    case "/nodes/N/subscription":
      return { data: { status: "notfound" } };
    case "/nodes/N/apt/repositories":
      return { data: { files: [], infos: [] } };
    case "/nodes/N/network":
      return { data: interfaces(path.split("/")[2] ?? "pve1") };
    case "/nodes/N/status":
      return { data: nodeStatus() };
    case "/nodes/N/rrddata":
      return { data: measurements(query.get("timeframe") ?? "hour") };
    default:
      return { status: 501, message: `Method 'GET ${path}' not implemented` };
  }
}

function clusterStatus(state: FixtureState): unknown[] {
  const nodes = state.members.map((name, index) => ({
    id: `node/${name}`,
    type: "node",
    name,
    nodeid: state.cluster === undefined ? 0 : index + 1,
    ip: ADDRESS(name),
    online: 1,
    local: index === 0 ? 1 : 0,
    level: "",
  }));
  if (state.cluster === undefined) return nodes;
  const { name, version } = state.cluster;
  return [{ id: "cluster", type: "cluster", name, version, nodes: nodes.length, quorate: 1 }, ...nodes];
}

function resources(state: FixtureState): unknown[] {
  return state.members.flatMap((node) => [
    {
      id: `node/${node}`,
      type: "node",
      node,
      status: "online",
      level: "",
      cpu: 0.05,
      maxcpu: 32,
      mem: 14 * GIB,
      maxmem: 125 * GIB,
      disk: 3 * GIB,
      maxdisk: 94 * GIB,
      uptime: 90_000,
    },
    {
      id: `storage/${node}/local`,
      type: "storage",
      storage: "local",
      node,
      status: "available",
      shared: 0,
      content: "iso,backup,vztmpl",
      plugintype: "dir",
      disk: 6 * GIB,
      maxdisk: 94 * GIB,
    },
    {
      id: `storage/${node}/local-lvm`,
      type: "storage",
      storage: "local-lvm",
      node,
      status: "available",
      shared: 0,
      content: "images,rootdir",
      plugintype: "lvmthin",
      disk: 0,
      maxdisk: 338 * GIB,
    },
    state.dialect === "9"
      ? {
          id: `network/${node}/zone/localnetwork`,
          type: "network",
          network: "localnetwork",
          "network-type": "zone",
          node,
          status: "ok",
        }
      : { id: `sdn/${node}/localnetwork`, type: "sdn", sdn: "localnetwork", node, status: "ok" },
  ]);
}

function taskEntry(upid: string): unknown {
  const [, node, , , start = "0", type, id, user] = upid.split(":");
  const starttime = Number.parseInt(start, 16);
  return { upid, node, type, id, user, starttime, endtime: starttime + 2, status: "OK" };
}

function interfaces(node: string): unknown[] {
  const address = ADDRESS(node === "localhost" ? "pve1" : node);
  return [
    { iface: "eno1", type: "eth", active: 1, method: "manual", families: ["inet"] },
    {
      iface: "vmbr0",
      type: "bridge",
      active: 1,
      autostart: 1,
      address,
      cidr: `${address}/24`,
      gateway: "10.202.4.1",
      bridge_ports: "eno1",
      method: "static",
      families: ["inet"],
    },
  ];
}

function nodeStatus(): unknown {
  return {
    uptime: 90_000,
    cpu: 0.05,
    wait: 0.001,
    loadavg: ["0.31", "0.22", "0.18"],
    memory: { used: 14 * GIB, total: 125 * GIB, free: 111 * GIB },
    swap: { used: 0, total: 8 * GIB, free: 8 * GIB },
    rootfs: { used: 6 * GIB, total: 94 * GIB, avail: 88 * GIB },
    cpuinfo: { cpus: 32, cores: 16, sockets: 2, model: "Intel(R) Xeon(R) CPU E5-2650" },
    "current-kernel": { sysname: "Linux", release: "6.17.2-1-pve", version: "#1 SMP PREEMPT_DYNAMIC PMX" },
    "boot-info": { mode: "efi" },
    pveversion: "pve-manager/9.2.11/f6997e698c7933ea",
  };
}

function measurements(timeframe: string): unknown[] {
  const step = timeframe === "hour" ? 60 : 1800;
  const now = 1_795_345_560;
  return Array.from({ length: 70 }, (_nothing, index) => ({
    time: now - (70 - index) * step,
    cpu: 0.04 + 0.03 * Math.sin(index / 9),
    iowait: 0.001,
    loadavg: 0.3 + 0.1 * Math.sin(index / 5),
    maxcpu: 32,
    memtotal: 125 * GIB,
    memused: 14 * GIB,
    netin: 120_000,
    netout: 80_000,
  }));
}
