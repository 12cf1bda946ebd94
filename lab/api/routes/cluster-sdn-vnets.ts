import type { Dialect } from "../../state/dialect.ts";
import { createVnet, deleteVnet, updateVnet } from "../../state/sdn-vnets.ts";
import { idRefusal } from "../../state/sdn-zones.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { changeParameters, oneSection, requestOf, SHOWN, type ShownSection, sdnSections } from "./sdn-sections.ts";

const KEYS: ParameterSchema = {
  alias: { maxLength: 256 },
  tag: { type: "integer", minimum: 1, maximum: 16_777_215 },
  vlanaware: { type: "boolean" },
  "isolate-ports": { type: "boolean" },
};

/** `/cluster/sdn/vnets`. */
export function sdnVnetsRoutes(dialect: Dialect): readonly Route[] {
  const locked = changeParameters(dialect);
  return [
    { method: "GET", path: "/cluster/sdn/vnets", parameters: SHOWN, handle: list },
    {
      method: "POST",
      path: "/cluster/sdn/vnets",
      relayed: true,
      parameters: { ...KEYS, ...locked, type: { values: ["vnet"] }, vnet: ID, zone: { required: true } },
      handle: (call) => createVnet(call.node, dialect, requestOf(call, call.params["vnet"] ?? "", ["vnet"])),
    },
    { method: "GET", path: "/cluster/sdn/vnets/{vnet}", parameters: SHOWN, handle: one },
    {
      method: "PUT",
      path: "/cluster/sdn/vnets/{vnet}",
      relayed: true,
      parameters: { ...KEYS, ...locked, zone: {}, delete: {}, digest: {} },
      handle: (call) => updateVnet(call.node, dialect, requestOf(call, call.params["vnet"] ?? "", ["vnet"])),
    },
    {
      method: "DELETE",
      path: "/cluster/sdn/vnets/{vnet}",
      relayed: true,
      parameters: locked,
      handle: (call) => deleteVnet(call.node, requestOf(call, call.params["vnet"] ?? "", ["vnet"])),
    },
  ];
}

const ID = { required: true, check: (id: string) => idRefusal("vnet", id) } as const;

function list(call: ApiCall) {
  return sdnSections(call, "vnets").map(shown);
}

function one(call: ApiCall) {
  return shown(oneSection(call, "vnets", call.params["vnet"] ?? ""));
}

function shown({ id, ...vnet }: ShownSection) {
  return { ...vnet, vnet: id };
}
