import type { HaRule } from "../../state/ha/ha-cluster.ts";
import { addRule, removeRule, ruleRow, setRule } from "../../state/ha/ha-rules.ts";
import { PveError, parameterError } from "../../state/pve-error.ts";
import { isTrue, type ParameterSchema, type Parameters } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const PATH = "/cluster/ha/rules";
const TYPES = ["node-affinity", "resource-affinity"] as const;
const NEEDED = { "node-affinity": "nodes", "resource-affinity": "affinity" } as const;
const FOREIGN = "property is not defined in schema and the schema does not allow additional properties";
const MISSING = "property is missing and it is not optional";

const OPTIONS: ParameterSchema = {
  nodes: {},
  strict: { type: "boolean" },
  affinity: { values: ["positive", "negative"] },
  comment: { maxLength: 4096 },
  disable: { type: "boolean" },
};

/** `/cluster/ha/rules` of version 9: where resources belong, and which belong together. */
export const clusterHaRulesRoutes: readonly Route[] = [
  { method: "GET", path: PATH, dialect: "9", parameters: { type: { values: TYPES }, resource: {} }, handle: list },
  {
    method: "POST",
    path: PATH,
    dialect: "9",
    relayed: true,
    parameters: {
      ...OPTIONS,
      type: { required: true },
      rule: { required: true },
      resources: { required: true },
    },
    handle: add,
  },
  { method: "GET", path: `${PATH}/{rule}`, dialect: "9", handle: read },
  {
    method: "PUT",
    path: `${PATH}/{rule}`,
    dialect: "9",
    relayed: true,
    parameters: { ...OPTIONS, type: { required: true, values: TYPES }, resources: {}, delete: {}, digest: {} },
    handle: change,
  },
  { method: "DELETE", path: `${PATH}/{rule}`, dialect: "9", relayed: true, handle: remove },
];

function list({ node, params }: ApiCall) {
  const { type, resource } = params;
  return node.database.ha.rules
    .filter((rule) => type === undefined || rule.type === type)
    .filter((rule) => resource === undefined || rule.resources.split(",").includes(resource))
    .map((rule) => ruleRow(node.database.ha, rule));
}

function read({ node, params }: ApiCall) {
  const id = checkedId(params);
  const found = node.database.ha.rules.find(({ rule }) => rule === id);
  if (!found) throw new PveError(`no such ha rule '${id}'`);
  return ruleRow(node.database.ha, found);
}

function add({ node, params }: ApiCall): null {
  refuseUnknownType(params);
  const type = typeOf(params);
  const needed = NEEDED[type];
  const wrong = badId(params["rule"] ?? "");
  const errors = {
    ...(params[needed] === undefined ? { [`oneOf[${type}].${needed}`]: MISSING } : {}),
    ...(wrong === undefined ? {} : { rule: wrong }),
  };
  if (Object.keys(errors).length > 0) throw parameterError(errors);
  addRule(node, { rule: params["rule"] ?? "", type, resources: params["resources"] ?? "", ...optionsOf(params) });
  return null;
}

/** Each type has properties of its own: to one that is none, they are unknown too. */
function refuseUnknownType({ type = "", ...given }: Parameters): void {
  if (TYPES.some((known) => known === type)) return;
  const own = Object.keys(given).filter((name) => !["rule", "comment", "disable"].includes(name));
  throw parameterError({
    type: `value '${type}' does not have a value in the enumeration '${TYPES.join(", ")}'`,
    ...Object.fromEntries(own.map((name) => [name, FOREIGN])),
  });
}

function change({ node, params }: ApiCall): null {
  const { resources, delete: deleted = "" } = params;
  setRule(node, checkedId(params), {
    type: typeOf(params),
    ...optionsOf(params),
    ...(resources === undefined ? {} : { resources }),
    ...Object.fromEntries(
      deleted
        .split(",")
        .filter(Boolean)
        .map((name) => [name, undefined]),
    ),
  });
  return null;
}

function remove({ node, params }: ApiCall): null {
  removeRule(node, checkedId(params));
  return null;
}

function typeOf(params: Parameters): HaRule["type"] {
  return params["type"] === "resource-affinity" ? "resource-affinity" : "node-affinity";
}

function optionsOf(params: Parameters): Partial<Omit<HaRule, "rule" | "type" | "resources">> {
  const flag = (name: string) => (params[name] === undefined ? {} : { [name]: isTrue(params[name]) ? 1 : 0 });
  const text = (name: string) => (params[name] === undefined ? {} : { [name]: params[name] });
  return { ...text("comment"), ...text("nodes"), ...text("affinity"), ...flag("strict"), ...flag("disable") };
}

function checkedId({ rule = "" }: Parameters): string {
  const wrong = badId(rule);
  if (wrong !== undefined) throw parameterError({ rule: wrong });
  return rule;
}

function badId(id: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9_-]+$/.test(id) ? undefined : `invalid format - invalid configuration ID '${id}'\n`;
}
