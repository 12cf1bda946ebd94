import { type Answer, configNodes, type FixtureState, read } from "./fixture-data.ts";

export interface FixtureAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

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

const FINGERPRINT = Array.from({ length: 32 }, () => "AB").join(":");

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
  const { clustername = "", ...links } = Object.fromEntries(parameters);
  state.cluster = { name: clustername, version: 1, links };
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
