import { createHash } from "node:crypto";
import type { HaGroup } from "../../state/ha/ha-cluster.ts";
import { renderGroups } from "../../state/ha/ha-config.ts";
import type { NodeState } from "../../state/node.ts";
import { PveError } from "../../state/pve-error.ts";
import { assertQuorum } from "../../state/quorum.ts";
import { isTrue, type ParameterSchema, type Parameters } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const PATH = "/cluster/ha/groups";
const OPTIONS: ParameterSchema = {
  nofailback: { type: "boolean" },
  restricted: { type: "boolean" },
  comment: {},
};

/** `/cluster/ha/groups`: groups of version 8; version 9 refuses them all with one text. */
export const clusterHaGroupsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle({ world, node }) {
      if (world.dialect === "9") throw gone("index groups");
      return node.database.ha.groups.map((group) => row(node, group));
    },
  },
  {
    method: "POST",
    path: PATH,
    relayed: true,
    parameters: { ...OPTIONS, group: { required: true }, nodes: { required: true }, type: {} },
    handle: add,
  },
  {
    method: "GET",
    path: `${PATH}/{group}`,
    handle({ world, node, params }) {
      if (world.dialect === "9") throw gone("read group");
      return row(node, find(node, params["group"] ?? ""));
    },
  },
  {
    method: "PUT",
    path: `${PATH}/{group}`,
    relayed: true,
    parameters: { ...OPTIONS, nodes: {}, delete: {}, digest: {} },
    handle: change,
  },
  { method: "DELETE", path: `${PATH}/{group}`, relayed: true, handle: remove },
];

function add({ world, node, params }: ApiCall): null {
  if (world.dialect === "9") throw gone("create group");
  const { group = "", nodes = "" } = params;
  assertQuorum(node);
  const { groups } = node.database.ha;
  if (groups.some((each) => each.group === group)) {
    throw new PveError(`create ha group failed: group ID '${group}' already defined`);
  }
  groups.push({ group, nodes, ...optionsOf(params) });
  return null;
}

function change({ world, node, params }: ApiCall): null {
  if (world.dialect === "9") throw gone("update group");
  assertQuorum(node);
  const group = find(node, params["group"] ?? "");
  for (const name of (params["delete"] ?? "").split(",").filter(Boolean)) Object.assign(group, { [name]: undefined });
  Object.assign(group, optionsOf(params), params["nodes"] === undefined ? {} : { nodes: params["nodes"] });
  return null;
}

function remove({ world, node, params }: ApiCall): null {
  if (world.dialect === "9") throw gone("delete group");
  assertQuorum(node);
  const { groups, resources } = node.database.ha;
  const group = find(node, params["group"] ?? "");
  const user = resources.find((each) => each.group === group.group);
  if (user) throw new PveError(`delete ha group failed: ha group is used by service '${user.sid}'`);
  groups.splice(groups.indexOf(group), 1);
  return null;
}

function find(node: NodeState, id: string): HaGroup {
  const found = node.database.ha.groups.find(({ group }) => group === id);
  if (found) return found;
  throw new PveError(`no such ha group '${id}'`);
}

function row(node: NodeState, group: HaGroup) {
  const digest = createHash("sha1").update(renderGroups(node.database.ha)).digest("hex");
  const set = Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined));
  return { ...set, type: "group", digest };
}

function optionsOf(params: Parameters): Omit<HaGroup, "group" | "nodes"> {
  const flag = (name: string) => (params[name] === undefined ? {} : { [name]: isTrue(params[name]) ? 1 : 0 });
  return {
    ...flag("nofailback"),
    ...flag("restricted"),
    ...(params["comment"] === undefined ? {} : { comment: params["comment"] }),
  };
}

function gone(what: string): PveError {
  return new PveError(`cannot ${what}: ha groups have been migrated to rules`);
}
