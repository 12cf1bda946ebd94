/** What the hand-written API knows; a test changes it to make the page see something else. */
export interface FixtureState {
  dialect: "9" | "8.4";
  language?: string | undefined;
  cluster: { name: string; version: number } | undefined;
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

export interface FixtureAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answer = { readonly data: unknown } | { readonly status: number; readonly message: string };

export function standalone(dialect: "9" | "8.4" = "9"): FixtureState {
  return { dialect, cluster: undefined, members: ["pve1"], delay: 0, refuse: false, requests: [], tasks: [] };
}

export function threeNodes(dialect: "9" | "8.4" = "9"): FixtureState {
  return { ...standalone(dialect), cluster: { name: "pve-cluster", version: 3 }, members: ["pve1", "pve2", "pve3"] };
}

const CAPABILITIES = {
  vms: { "VM.Allocate": 1, "VM.Audit": 1 },
  storage: { "Datastore.Audit": 1, "Datastore.Allocate": 1 },
  access: { "User.Modify": 1 },
  nodes: { "Sys.Audit": 1, "Sys.Modify": 1, "Sys.Console": 1 },
  dc: { "Sys.Audit": 1, "Sys.Modify": 1, "SDN.Audit": 1 },
  sdn: { "SDN.Audit": 1 },
  mapping: { "Mapping.Audit": 1, "Mapping.Use": 1 },
};

export const ADDRESS = (node: string): string => `10.202.4.${30 + Number(node.slice(3))}`;
const FINGERPRINT = Array.from({ length: 32 }, () => "AB").join(":");
const GIB = 1024 ** 3;

/** Answers one request of the API, in the envelope that its prefix asks for. */
export async function answerApi(
  state: FixtureState,
  method: string,
  url: string,
  body: string,
  known: boolean,
): Promise<FixtureAnswer> {
  const { pathname, searchParams } = new URL(url, "https://fixture.invalid");
  const match = /^\/api2\/(json|extjs)(\/.*)$/.exec(pathname);
  if (match === null) return { status: 404, headers: {}, body: "" };
  const [, envelope, path = ""] = match;
  state.requests.push(`${method} ${path}`);
  if (state.delay > 0) await new Promise((resolve) => setTimeout(resolve, state.delay));
  const open = path === "/access/domains" || path === "/access/ticket";
  if ((!known || state.refuse) && !open) return { status: 401, headers: {}, body: "" };
  const parameters = new URLSearchParams(body);
  const answer = route(state, method, decodeURIComponent(path), parameters, searchParams);
  const headers = { "content-type": "application/json;charset=UTF-8" };
  if ("data" in answer) {
    const success = envelope === "extjs" ? { success: 1 } : {};
    return { status: 200, headers, body: JSON.stringify({ data: answer.data, ...success }) };
  }
  const { status, message } = answer;
  if (envelope === "extjs") {
    return { status: 200, headers, body: JSON.stringify({ success: 0, status, message: `${message}\n`, data: null }) };
  }
  return { status, headers, body: JSON.stringify({ data: null, message }) };
}

function route(
  state: FixtureState,
  method: string,
  path: string,
  parameters: URLSearchParams,
  query: URLSearchParams,
): Answer {
  switch (`${method} ${path}`) {
    case "POST /access/ticket":
      return ticket(state, parameters);
    case "POST /cluster/config":
      return create(state, parameters);
    case "POST /cluster/config/join":
      return { data: startTask(state, "clusterjoin") };
    case "GET /cluster/config/join":
      return joinInformation(state);
    default:
      return read(state, path, query);
  }
}

function ticket(state: FixtureState, parameters: URLSearchParams): Answer {
  const password = parameters.get("password") ?? "";
  if (password !== "secret" && !password.startsWith("PVE:root@pam"))
    return { status: 401, message: "authentication failure" };
  return {
    data: {
      username: parameters.get("username"),
      ticket: "PVE:root@pam:TICKET",
      CSRFPreventionToken: "token",
      cap: CAPABILITIES,
      ...(state.cluster === undefined ? {} : { clustername: state.cluster.name }),
    },
  };
}

function create(state: FixtureState, parameters: URLSearchParams): Answer {
  if (state.cluster !== undefined) return { status: 500, message: "cluster config already exists" };
  state.cluster = { name: parameters.get("clustername") ?? "", version: 1 };
  return { data: startTask(state, "clustercreate") };
}

function startTask(state: FixtureState, type: string): string {
  const upid = `UPID:pve1:0000${state.tasks.length + 1000}:0008376D:6B02C954:${type}::root@pam:`;
  state.tasks.push(upid);
  return upid;
}

function joinInformation(state: FixtureState): Answer {
  if (state.cluster === undefined) return { status: 424, message: "node is not in a cluster, no join info available!" };
  return {
    data: {
      preferred_node: "pve1",
      config_digest: "ae51",
      totem: {
        cluster_name: state.cluster.name,
        config_version: String(state.cluster.version),
        interface: { 0: { linknumber: "0" } },
        version: "2",
      },
      nodelist: configNodes(state).map((node) => ({ ...node, pve_addr: node.ring0_addr, pve_fp: FINGERPRINT })),
    },
  };
}

function configNodes(state: FixtureState) {
  if (state.cluster === undefined) return [];
  return state.members.map((name, index) => ({
    name,
    node: name,
    nodeid: String(index + 1),
    quorum_votes: "1",
    ring0_addr: ADDRESS(name),
  }));
}

function read(state: FixtureState, path: string, query: URLSearchParams): Answer {
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
