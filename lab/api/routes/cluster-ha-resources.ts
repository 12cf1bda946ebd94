import type { HaResource, WishedState } from "../../state/ha/ha-cluster.ts";
import {
  addResource,
  type ResourceChange,
  removeResource,
  resourceOf,
  resourcesDigest,
  setResource,
  sidOf,
} from "../../state/ha/ha-config.ts";
import { refusal, requestMove } from "../../state/ha/ha-requests.ts";
import type { NodeState } from "../../state/node.ts";
import { PveError } from "../../state/pve-error.ts";
import { isTrue, type ParameterSchema, type Parameters } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const PATH = "/cluster/ha/resources";
const STATES: readonly WishedState[] = ["started", "stopped", "enabled", "disabled", "ignored"];

const OPTIONS: ParameterSchema = {
  state: { values: STATES },
  max_restart: { type: "integer", minimum: 0 },
  max_relocate: { type: "integer", minimum: 0 },
  comment: { maxLength: 4096 },
  group: {},
};
const OPTIONS_9: ParameterSchema = {
  ...OPTIONS,
  failback: { type: "boolean" },
  "auto-rebalance": { type: "boolean" },
};
const ADD = { sid: { required: true }, type: { values: ["ct", "vm"] } } as const satisfies ParameterSchema;
const SET: ParameterSchema = { delete: {}, digest: {} };
const MOVE: ParameterSchema = { node: { required: true } };

/** `/cluster/ha/resources`: which machines are under the stack's care, and moving them. */
export const clusterHaResourcesRoutes: readonly Route[] = [
  { method: "GET", path: PATH, parameters: { type: { values: ["ct", "vm"] } }, handle: list },
  { method: "POST", path: PATH, dialect: "9", relayed: true, parameters: { ...OPTIONS_9, ...ADD }, handle: add },
  { method: "POST", path: PATH, dialect: "8.4", relayed: true, parameters: { ...OPTIONS, ...ADD }, handle: add },
  {
    method: "GET",
    path: `${PATH}/{sid}`,
    handle: ({ node, params }) => row(node, resourceOf(node, params["sid"] ?? "")),
  },
  {
    method: "PUT",
    path: `${PATH}/{sid}`,
    dialect: "9",
    relayed: true,
    parameters: { ...OPTIONS_9, ...SET },
    handle: change,
  },
  {
    method: "PUT",
    path: `${PATH}/{sid}`,
    dialect: "8.4",
    relayed: true,
    parameters: { ...OPTIONS, ...SET },
    handle: change,
  },
  {
    method: "DELETE",
    path: `${PATH}/{sid}`,
    relayed: true,
    parameters: { purge: { type: "boolean" } },
    handle({ node, params }) {
      removeResource(node, params["sid"] ?? "");
      return null;
    },
  },
  {
    method: "POST",
    path: `${PATH}/{sid}/migrate`,
    relayed: true,
    parameters: MOVE,
    handle: (call) => move(call, "migrate"),
  },
  {
    method: "POST",
    path: `${PATH}/{sid}/relocate`,
    relayed: true,
    parameters: MOVE,
    handle: (call) => move(call, "relocate"),
  },
];

function list({ node, params }: ApiCall) {
  if (params["type"] === "ct") return [];
  return node.database.ha.resources.map((resource) => row(node, resource));
}

/** Defaults are left out, as in the file. */
function row(node: NodeState, { vmid: _vmid, ...resource }: HaResource) {
  const set = Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined));
  return { ...set, type: "vm", digest: resourcesDigest(node.database.ha) };
}

function add({ world, node, params }: ApiCall): null {
  addResource(world, node, params["sid"] ?? "", optionsOf(params));
  return null;
}

function change({ world, node, params }: ApiCall): null {
  const deleted = (params["delete"] ?? "").split(",").filter(Boolean);
  setResource(world, node, params["sid"] ?? "", {
    ...optionsOf(params),
    ...Object.fromEntries(deleted.map((name) => [name, undefined])),
  });
  return null;
}

function optionsOf(params: Parameters): ResourceChange {
  const count = (name: string) => (params[name] === undefined ? {} : { [name]: Number(params[name]) });
  const state = STATES.find((each) => each === params["state"]);
  return {
    ...count("max_restart"),
    ...count("max_relocate"),
    ...(state === undefined ? {} : { state }),
    ...(params["comment"] === undefined ? {} : { comment: params["comment"] }),
    ...(params["group"] === undefined ? {} : { group: params["group"] }),
    ...(params["failback"] === undefined ? {} : { failback: isTrue(params["failback"]) ? 1 : 0 }),
  };
}

/** On version 9 a move against a rule is answered with 200 and what stands in its way. */
function move({ world, node, params }: ApiCall, verb: "migrate" | "relocate") {
  const { sid: given = "", node: target = "" } = params;
  const { sid } = sidOf(given);
  const blocking = requestMove(world, node, verb, sid, target);
  if (world.dialect === "8.4") {
    if (blocking.length > 0) throw new PveError(refusal(sid, target, blocking));
    return null;
  }
  const causes = blocking.map((other) => ({ cause: "resource-affinity", sid: other }));
  return { sid, "requested-node": target, ...(causes.length === 0 ? {} : { "blocking-resources": causes }) };
}
