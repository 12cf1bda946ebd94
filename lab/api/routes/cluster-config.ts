import { createHash } from "node:crypto";
import { addMember } from "../../state/add-member.ts";
import { type CorosyncNode, renderCorosyncConf } from "../../state/corosync.ts";
import { checkCreate, createCluster } from "../../state/create-cluster.ts";
import { deleteNode } from "../../state/delete-node.ts";
import { joinCluster } from "../../state/join-cluster.ts";
import { parseLinks } from "../../state/links.ts";
import type { NodeState } from "../../state/node.ts";
import { PveError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import type { World } from "../../state/world.ts";
import { isTrue, LINK_PARAMETERS, type ParameterSchema, toNumber } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const NODE_ID: ParameterSchema = { nodeid: { type: "integer", minimum: 1 } };
const FINGERPRINT = /^(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}$/;

const CREATE: ParameterSchema = {
  clustername: { required: true },
  votes: { type: "integer", minimum: 1 },
  ...NODE_ID,
  ...LINK_PARAMETERS,
};

const JOIN: ParameterSchema = {
  hostname: { required: true },
  password: { required: true, maxLength: 128 },
  fingerprint: { required: true, pattern: FINGERPRINT },
  votes: { type: "integer", minimum: 0 },
  force: { type: "boolean" },
  ...NODE_ID,
  ...LINK_PARAMETERS,
};

const ADD: ParameterSchema = {
  votes: { type: "integer", minimum: 0 },
  force: { type: "boolean" },
  new_node_ip: {},
  apiversion: { type: "integer" },
  ...NODE_ID,
  ...LINK_PARAMETERS,
};

/** `/cluster/config`: creating, joining, and what corosync is configured with. */
export const clusterConfigRoutes: readonly Route[] = [
  { method: "POST", path: "/cluster/config", relayed: true, parameters: CREATE, handle: create },
  { method: "GET", path: "/cluster/config/join", parameters: { node: {} }, handle: joinInformation },
  { method: "POST", path: "/cluster/config/join", relayed: true, parameters: JOIN, handle: join },
  { method: "GET", path: "/cluster/config/nodes", handle: nodeList },
  {
    method: "POST",
    path: "/cluster/config/nodes/{node}",
    anyNode: true,
    relayed: true,
    parameters: ADD,
    handle: add,
  },
  { method: "DELETE", path: "/cluster/config/nodes/{node}", anyNode: true, relayed: true, handle: remove },
  { method: "GET", path: "/cluster/config/totem", handle: ({ node }) => totem(node) },
  { method: "GET", path: "/cluster/config/qdevice", relayed: true, handle: () => ({}) },
  { method: "GET", path: "/cluster/config/apiversion", handle: () => "1" },
];

function create({ world, node, user, params }: ApiCall): string {
  const { clustername = "" } = params;
  const [nodeid, votes] = [toNumber(params["nodeid"]), toNumber(params["votes"])];
  const request = { clustername, links: parseLinks(params), nodeid, votes };
  checkCreate(node, request);
  const run = { type: "clustercreate", id: clustername, user };
  return startTask(world, node, run, (print, signal) => createCluster(world, node, request, print, signal)).upid;
}

function join({ world, node, user, params }: ApiCall): string {
  const { hostname = "", password = "", fingerprint } = params;
  const [nodeid, votes, force] = [toNumber(params["nodeid"]), toNumber(params["votes"]), isTrue(params["force"])];
  const request = { hostname, password, fingerprint, links: parseLinks(params), force, nodeid, votes };
  const run = { type: "clusterjoin", user };
  return startTask(world, node, run, (print, signal) => joinCluster(world, node, request, print, signal)).upid;
}

function add({ world, node, params }: ApiCall) {
  const { node: name = "", new_node_ip: address = "" } = params;
  const [nodeid, votes, force] = [toNumber(params["nodeid"]), toNumber(params["votes"]), isTrue(params["force"])];
  const config = addMember(world, node, { name, address, links: parseLinks(params), nodeid, votes, force });
  return { corosync_authkey: "", corosync_conf: renderCorosyncConf(config), warnings: [] };
}

function remove({ world, node, params }: ApiCall): null {
  deleteNode(world, node, params["node"] ?? "", () => {});
  return null;
}

function nodeList({ node }: ApiCall) {
  return (node.database.corosync?.nodes ?? []).map((entry) => ({ node: entry.name, ...entryData(entry) }));
}

function joinInformation({ world, node, params }: ApiCall) {
  const config = node.database.corosync;
  if (!config) throw new PveError("node is not in a cluster, no join info available!", 424);
  const preferred = params["node"] ?? node.name;
  if (!config.nodes.some((entry) => entry.name === preferred)) throw new PveError(`unknown node '${preferred}'`);
  return {
    nodelist: config.nodes.map((entry) => ({ ...entryData(entry), ...endpoint(world, entry.name) })),
    preferred_node: preferred,
    totem: totem(node),
    config_digest: createHash("sha1").update(renderCorosyncConf(config)).digest("hex"),
  };
}

function endpoint(world: World, name: string) {
  const member = world.nodes.get(name);
  return { pve_addr: member?.address ?? "", pve_fp: member?.certificate.fingerprint ?? "" };
}

function entryData(entry: CorosyncNode) {
  const links = Object.entries(entry.links).map(([link, address]) => [`ring${link}_addr`, address]);
  return {
    name: entry.name,
    nodeid: String(entry.nodeid),
    quorum_votes: String(entry.votes),
    ...Object.fromEntries(links),
  };
}

function totem(node: NodeState) {
  const config = node.database.corosync;
  if (!config) return null;
  const interfaces = config.linkNumbers.map((link) => [String(link), { linknumber: String(link) }]);
  const { name, version, tokenCoefficient } = config;
  return {
    cluster_name: name,
    config_version: String(version),
    interface: Object.fromEntries(interfaces),
    ip_version: "ipv4-6",
    link_mode: "passive",
    secauth: "on",
    ...(tokenCoefficient === undefined ? {} : { token_coefficient: String(tokenCoefficient) }),
    version: "2",
  };
}
