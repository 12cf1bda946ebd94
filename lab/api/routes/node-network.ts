import { parseCidr } from "../../state/cidr.ts";
import type { Dialect } from "../../state/dialect.ts";
import type { NetworkInterface } from "../../state/hardware.ts";
import { networkChanges } from "../../state/network-changes.ts";
import { PENDING_FILE } from "../../state/network-config.ts";
import { startReload } from "../../state/network-reload.ts";
import { stagedInterfaces, stageInterface, unstageInterface } from "../../state/network-staging.ts";
import type { NodeState } from "../../state/node.ts";
import { parameterError } from "../../state/pve-error.ts";
import { isOnNode } from "../../state/sdn-interfaces.ts";
import type { ParameterSchema } from "../parameters.ts";
import { type ApiCall, ListWithChanges, type Route } from "../route.ts";

const KINDS = ["bridge", "bond", "eth", "alias", "vlan", "fabric", "OVSBridge", "OVSBond", "OVSPort", "OVSIntPort"];
const TYPES = [...KINDS, "vnet", "any_bridge", "any_local_bridge", "include_sdn"];

const cidr = (value: string) =>
  parseCidr(value) ? undefined : "invalid format - value does not look like a valid IPv4 network\n";

/** What a Linux bridge, bond, card or VLAN may have; Open vSwitch is not part of this lab. */
const KEYS: ParameterSchema = {
  type: { required: true, values: [...KINDS, "unknown"] },
  autostart: { type: "boolean" },
  address: {},
  netmask: {},
  cidr: { check: cidr },
  gateway: {},
  address6: {},
  netmask6: { type: "integer" },
  cidr6: {},
  gateway6: {},
  bridge_ports: {},
  bridge_vlan_aware: { type: "boolean" },
  bridge_vids: {},
  slaves: {},
  bond_mode: {},
  bond_xmit_hash_policy: {},
  "bond-primary": {},
  "vlan-id": { type: "integer", minimum: 1, maximum: 4094 },
  "vlan-raw-device": {},
  mtu: { type: "integer", minimum: 1280, maximum: 65_520 },
  comments: {},
  comments6: {},
};

const PATH = "/nodes/{node}/network";

/** `/nodes/NODE/network`: what /etc/network/interfaces describes, what waits in interfaces.new, and putting it in force. */
export const nodeNetworkRoutes: readonly Route[] = [
  { method: "GET", path: PATH, parameters: { type: { values: TYPES } }, handle: list },
  { method: "POST", path: PATH, relayed: true, parameters: { ...KEYS, iface: { required: true } }, handle: create },
  {
    method: "PUT",
    path: PATH,
    relayed: true,
    parameters: { "regenerate-frr": { type: "boolean" } },
    handle: ({ world, node, user }) => startReload(world, node, user).upid,
  },
  { method: "DELETE", path: PATH, relayed: true, handle: revert },
  { method: "GET", path: `${PATH}/{iface}`, handle: one },
  { method: "PUT", path: `${PATH}/{iface}`, relayed: true, parameters: { ...KEYS, delete: {} }, handle: update },
  { method: "DELETE", path: `${PATH}/{iface}`, relayed: true, handle: remove },
];

function list({ world, node, params }: ApiCall) {
  const { type } = params;
  const bridges = type?.startsWith("any_") || type === "include_sdn";
  const rows: Record<string, unknown>[] = stagedInterfaces(node)
    .filter((nic) => type === undefined || nic.type === (bridges ? "bridge" : type))
    .map((nic) => interfaceData(node, nic, world.dialect));
  const withVnets = type === "any_bridge" || type === "include_sdn" || type === "vnet";
  return new ListWithChanges(withVnets ? [...rows, ...vnets(node)] : rows, networkChanges(node));
}

function one({ world, node, params }: ApiCall) {
  const { iface: _, ...data } = interfaceData(node, find(node, params["iface"]), world.dialect);
  return data;
}

function create({ node, params }: ApiCall): null {
  const { iface = "", ...values } = params;
  if (stagedInterfaces(node).some(({ name }) => name === iface))
    throw parameterError({ iface: "interface already exists" });
  stageInterface(node, iface, values);
  return null;
}

function update({ node, params }: ApiCall): null {
  const { iface, ...values } = params;
  stageInterface(node, find(node, iface).name, values);
  return null;
}

function remove({ node, params }: ApiCall): null {
  unstageInterface(node, find(node, params["iface"]).name);
  return null;
}

function revert({ node }: ApiCall): null {
  node.files.delete(PENDING_FILE);
  return null;
}

function find(node: NodeState, name: string | undefined): NetworkInterface {
  const nic = stagedInterfaces(node).find((known) => known.name === name);
  if (!nic) throw parameterError({ iface: "interface does not exist" });
  return nic;
}

function interfaceData(node: NodeState, nic: NetworkInterface, dialect: Dialect) {
  const { address, prefix, gateway, comments } = nic;
  return {
    iface: nic.name,
    type: nic.type,
    // An interface that waits for the next apply does not run yet.
    ...(node.interfaces.some(({ name }) => name === nic.name) ? { active: 1 } : {}),
    families: ["inet"],
    method: address === undefined ? "manual" : "static",
    method6: "manual",
    priority: nic.priority,
    ...(nic.autostart ? { autostart: 1 } : {}),
    ...(address === undefined ? {} : { address, netmask: String(prefix), cidr: `${address}/${prefix}` }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(nic.type === "bridge" ? { bridge_ports: nic.ports.join(" "), bridge_stp: "off", bridge_fd: "0" } : {}),
    ...(nic.vlanAware ? { bridge_vlan_aware: 1, bridge_vids: "2-4094" } : {}),
    ...(comments === undefined ? {} : { comments: `${comments}\n` }),
    // systemd of Debian 13 names a card by its hardware address too.
    ...(dialect === "9" && nic.type === "eth" ? { altnames: [`enx${nic.mac.replaceAll(":", "")}`] } : {}),
  };
}

/** The applied VNets of a node, which a guest's network card can be on as on a bridge. */
function vnets({ name, database }: NodeState): Record<string, unknown>[] {
  const sections = database.sdn.running?.sections;
  if (!sections) return [];
  return [...sections.vnets].flatMap(([iface, { zone: id, alias, vlanaware }]) => {
    const zone = sections.zones.get(String(id));
    if (!zone || !isOnNode(zone, name)) return [];
    const comments = alias === undefined ? {} : { comments: alias };
    const ipam = zone["ipam"] === undefined ? 0 : 1;
    return [{ iface, type: "vnet", active: "1", ipam, vlanaware: Number(vlanaware ?? 0), ...comments }];
  });
}
