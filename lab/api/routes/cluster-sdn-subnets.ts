import type { Dialect } from "../../state/dialect.ts";
import { sdnSection } from "../../state/sdn-change.ts";
import { createSubnet, deleteSubnet, subnetPlace, subnetRefusal, updateSubnet } from "../../state/sdn-subnets.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { changeParameters, oneSection, requestOf, SHOWN, type ShownSection, sdnSections } from "./sdn-sections.ts";

const KEYS: ParameterSchema = {
  gateway: {},
  snat: { type: "boolean" },
  dnszoneprefix: {},
  "dhcp-range": {},
  "dhcp-dns-server": {},
};
const PATH = "/cluster/sdn/vnets/{vnet}/subnets";
const OWN = ["vnet", "subnet"];

/** `/cluster/sdn/vnets/VNET/subnets`. */
export function sdnSubnetsRoutes(dialect: Dialect): readonly Route[] {
  const locked = changeParameters(dialect);
  return [
    { method: "GET", path: PATH, parameters: SHOWN, handle: list },
    {
      method: "POST",
      path: PATH,
      relayed: true,
      parameters: { ...KEYS, ...locked, type: { required: true, values: ["subnet"] }, subnet: ID },
      handle: (call) => createSubnet(call.node, call.params["vnet"] ?? "", request(call)),
    },
    { method: "GET", path: `${PATH}/{subnet}`, parameters: SHOWN, handle: one },
    {
      method: "PUT",
      path: `${PATH}/{subnet}`,
      relayed: true,
      parameters: { ...KEYS, ...locked, delete: {}, digest: {} },
      handle: (call) => updateSubnet(call.node, request(call)),
    },
    {
      method: "DELETE",
      path: `${PATH}/{subnet}`,
      relayed: true,
      parameters: locked,
      handle: (call) => deleteSubnet(call.node, request(call)),
    },
  ];
}

const ID = { required: true, check: subnetRefusal } as const;

function request(call: ApiCall) {
  return requestOf(call, call.params["subnet"] ?? "", OWN);
}

function list(call: ApiCall) {
  const { vnet } = call.params;
  const { sdn } = call.node.database;
  if (!sdn.running?.sections.vnets.has(vnet ?? "")) sdnSection(sdn, "vnets", vnet ?? "");
  return sdnSections(call, "subnets")
    .filter((subnet) => subnet["vnet"] === vnet)
    .map(shown);
}

function one(call: ApiCall) {
  return shown(oneSection(call, "subnets", call.params["subnet"] ?? ""));
}

function shown({ id, ...subnet }: ShownSection) {
  return { ...subnet, ...subnetPlace(id), "dhcp-range": [] };
}
