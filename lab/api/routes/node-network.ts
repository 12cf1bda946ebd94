import type { NetworkInterface } from "../../state/hardware.ts";
import { PveError } from "../../state/pve-error.ts";
import type { ApiCall, Route } from "../route.ts";

const TYPES = [
  ...["bridge", "bond", "eth", "alias", "vlan", "fabric", "OVSBridge", "OVSBond", "OVSPort", "OVSIntPort", "vnet"],
  ...["any_bridge", "any_local_bridge", "include_sdn"],
];

/** `/nodes/NODE/network`: what /etc/network/interfaces describes. */
export const nodeNetworkRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/network", parameters: { type: { values: TYPES } }, handle: list },
  { method: "GET", path: "/nodes/{node}/network/{iface}", handle: one },
];

function list({ node, params }: ApiCall) {
  const { type } = params;
  const wanted = type?.startsWith("any_") ? "bridge" : type;
  return node.interfaces
    .filter((nic) => wanted === undefined || wanted === "include_sdn" || nic.type === wanted)
    .map(interfaceData);
}

function one({ node, params }: ApiCall) {
  const nic = node.interfaces.find((known) => known.name === params["iface"]);
  if (!nic) throw new PveError("interface does not exist");
  const { iface: _, ...data } = interfaceData(nic);
  return data;
}

function interfaceData(nic: NetworkInterface) {
  const { address, prefix, gateway } = nic;
  return {
    iface: nic.name,
    type: nic.type,
    active: 1,
    families: ["inet"],
    method: address === undefined ? "manual" : "static",
    method6: "manual",
    priority: nic.priority,
    ...(nic.autostart ? { autostart: 1 } : {}),
    ...(address === undefined ? {} : { address, netmask: String(prefix), cidr: `${address}/${prefix}` }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(nic.type === "bridge" ? { bridge_ports: nic.ports.join(" "), bridge_stp: "off", bridge_fd: "0" } : {}),
  };
}
