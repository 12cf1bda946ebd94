import type { Dialect } from "../../state/dialect.ts";
import { createZone, deleteZone, updateZone, ZONE_TYPES, zoneIdRefusal } from "../../state/sdn-zones.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { changeParameters, oneSection, requestOf, SHOWN, type ShownSection, sdnSections } from "./sdn-sections.ts";

const KEYS: ParameterSchema = {
  nodes: {},
  ipam: {},
  dns: {},
  reversedns: {},
  dnszone: {},
  dhcp: {},
  mtu: { type: "integer" },
  bridge: {},
  "bridge-disable-mac-learning": { type: "boolean" },
  tag: { type: "integer", minimum: 0 },
  "vlan-protocol": { values: ["802.1q", "802.1ad"] },
  peers: {},
  "vxlan-port": { type: "integer", minimum: 1, maximum: 65_536 },
  controller: {},
  "vrf-vxlan": { type: "integer" },
  mac: {},
  exitnodes: {},
  "exitnodes-local-routing": { type: "boolean" },
  "exitnodes-primary": {},
  "advertise-subnets": { type: "boolean" },
  "disable-arp-nd-suppression": { type: "boolean" },
  "rt-import": {},
};

/** `/cluster/sdn/zones`. */
export function sdnZonesRoutes(dialect: Dialect): readonly Route[] {
  const locked = changeParameters(dialect);
  const keys = dialect === "9" ? { ...KEYS, fabric: {} } : KEYS;
  const changed = { ...keys, ...locked, delete: {}, digest: {} };
  return [
    { method: "GET", path: "/cluster/sdn/zones", parameters: { ...SHOWN, type: { values: ZONE_TYPES } }, handle: list },
    {
      method: "POST",
      path: "/cluster/sdn/zones",
      relayed: true,
      parameters: { ...keys, ...locked, type: { required: true, values: ZONE_TYPES }, zone: ID },
      handle: (call) => createZone(call.node, dialect, requestOf(call, call.params["zone"] ?? "", ["zone"])),
    },
    { method: "GET", path: "/cluster/sdn/zones/{zone}", parameters: SHOWN, handle: one },
    {
      method: "PUT",
      path: "/cluster/sdn/zones/{zone}",
      relayed: true,
      parameters: changed,
      handle: (call) => updateZone(call.node, dialect, requestOf(call, call.params["zone"] ?? "", ["zone"])),
    },
    {
      method: "DELETE",
      path: "/cluster/sdn/zones/{zone}",
      relayed: true,
      parameters: locked,
      handle: (call) => deleteZone(call.node, requestOf(call, call.params["zone"] ?? "", ["zone"])),
    },
  ];
}

const ID = { required: true, check: zoneIdRefusal } as const;

function list(call: ApiCall) {
  const { type } = call.params;
  return sdnSections(call, "zones")
    .filter((zone) => type === undefined || zone["type"] === type)
    .map(shown);
}

function one(call: ApiCall) {
  return shown(oneSection(call, "zones", call.params["zone"] ?? ""));
}

function shown({ id, ...zone }: ShownSection) {
  return { ...zone, zone: id };
}
