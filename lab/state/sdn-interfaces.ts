import type { NetworkInterface } from "./hardware.ts";
import type { NodeState } from "./node.ts";
import type { SdnRunning, SdnSection } from "./sdn.ts";
import { subnetPlace } from "./sdn-subnets.ts";

/** Where a node keeps what the SDN makes of it. */
export const SDN_FILE = "/etc/network/interfaces.d/sdn";

type Stanzas = Map<string, readonly string[]>;

/** The text of interfaces.d/sdn that an applied configuration means for one node; the version is its first line. */
export function renderSdnInterfaces(node: NodeState, { version, sections }: SdnRunning): string {
  const stanzas: Stanzas = new Map();
  for (const [id, vnet] of [...sections.vnets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const zone = sections.zones.get(String(vnet["zone"]));
    if (!zone || !isOnNode(zone, node.name)) continue;
    const subnets = [...sections.subnets].filter(([, subnet]) => subnet["vnet"] === id);
    addVnet(stanzas, node, id, vnet, zone, subnets);
  }
  const names = [...stanzas.keys()].sort();
  return [`#version:${version}\n`, ...names.map((name) => stanzaText(name, stanzas.get(name) ?? []))].join("\n");
}

/** The number in the first line of a node's interfaces.d/sdn; undefined while the file is not there. */
export function localSdnVersion(node: NodeState): number | undefined {
  const version = /^#version:(\d+)$/m.exec(node.files.get(SDN_FILE) ?? "")?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Whether a zone concerns a node: all do, unless the zone names its nodes. */
export function isOnNode(zone: SdnSection, name: string): boolean {
  const nodes = zone["nodes"];
  return (
    nodes === undefined ||
    String(nodes)
      .split(/[,; ]+/)
      .includes(name)
  );
}

function stanzaText(name: string, options: readonly string[]): string {
  return `auto ${name}\niface ${name}\n${options.map((option) => `\t${option}\n`).join("")}`;
}

function addVnet(
  stanzas: Stanzas,
  node: NodeState,
  id: string,
  vnet: SdnSection,
  zone: SdnSection,
  subnets: readonly (readonly [string, SdnSection])[],
): void {
  switch (zone.type) {
    case "vxlan":
      addVxlan(stanzas, node, id, vnet, zone);
      return;
    case "vlan":
      addVlan(stanzas, node, id, vnet, zone);
      return;
    case "simple":
      addSimple(stanzas, id, vnet, zone, subnets);
      return;
    default:
    // What QinQ and EVPN write was not recorded: such a VNet is not generated, and its status says so.
  }
}

/** A bridge of its own over one tunnel to each other peer. */
function addVxlan(stanzas: Stanzas, node: NodeState, id: string, vnet: SdnSection, zone: SdnSection): void {
  const peers = String(zone["peers"] ?? "")
    .split(/[,; ]+/)
    .filter(Boolean);
  const own = node.interfaces.find((nic) => nic.address !== undefined && peers.includes(nic.address))?.address;
  const mtu = zone["mtu"] ?? 1450;
  const tunnel = `vxlan_${id}`;
  const remotes = peers.filter((peer) => peer !== own).map((peer) => `vxlan_remoteip ${peer}`);
  const port = zone["vxlan-port"] === undefined ? [] : [`vxlan-port ${zone["vxlan-port"]}`];
  stanzas.set(tunnel, [`vxlan-id ${vnet["tag"]}`, ...remotes, ...port, `mtu ${mtu}`]);
  stanzas.set(id, bridge([tunnel], vnet, mtu));
}

/** A bridge of its own on one VLAN of an existing bridge; how it gets there depends on whether that bridge knows VLANs. */
function addVlan(stanzas: Stanzas, node: NodeState, id: string, vnet: SdnSection, zone: SdnSection): void {
  const below = node.interfaces.find((nic) => nic.name === zone["bridge"] && nic.type === "bridge");
  if (!below) return;
  const mtu = zone["mtu"];
  const tag = vnet["tag"];
  if (below.vlanAware) {
    stanzas.set(id, bridge([`${below.name}.${tag}`], vnet, mtu));
    return;
  }
  const [here, there] = [`ln_${id}`, `pr_${id}`];
  stanzas.set(here, ["link-type veth", `veth-peer-name ${there}`, ...mtuLine(mtu)]);
  stanzas.set(there, ["link-type veth", `veth-peer-name ${here}`, ...mtuLine(mtu)]);
  const ports = physicalPorts(below).map((port) => ` ${port}.${tag}`);
  stanzas.set(`${below.name}v${tag}`, [
    `bridge_ports ${ports.join("")} ${there}`,
    "bridge_stp off",
    "bridge_fd 0",
    ...mtuLine(mtu),
  ]);
  stanzas.set(id, bridge([here], vnet, mtu));
}

/** A bridge without port on each node, with the gateway's address on all of them. */
function addSimple(
  stanzas: Stanzas,
  id: string,
  vnet: SdnSection,
  zone: SdnSection,
  subnets: readonly (readonly [string, SdnSection])[],
): void {
  const gateways = subnets.flatMap(([subnet, section]) =>
    section["gateway"] === undefined ? [] : [`address ${section["gateway"]}/${subnetPlace(subnet).mask}`],
  );
  const mac = vnet["mac"] === undefined ? [] : [`hwaddress ${vnet["mac"]}`];
  const forward = gateways.length > 0 ? ["ip-forward on"] : [];
  stanzas.set(id, [...gateways, ...mac, ...bridge(["none"], vnet, zone["mtu"]), ...forward]);
}

function bridge(ports: readonly string[], vnet: SdnSection, mtu: string | number | undefined): string[] {
  const aware = Number(vnet["vlanaware"] ?? 0) === 1 ? ["bridge-vlan-aware yes", "bridge-vids 2-4094"] : [];
  const alias = vnet["alias"] === undefined ? [] : [`alias ${vnet["alias"]}`];
  return [`bridge_ports ${ports.join(" ")}`, "bridge_stp off", "bridge_fd 0", ...aware, ...mtuLine(mtu), ...alias];
}

function mtuLine(mtu: string | number | undefined): string[] {
  return mtu === undefined ? [] : [`mtu ${mtu}`];
}

function physicalPorts({ ports }: NetworkInterface): string[] {
  return ports.filter((port) => /^(?:eth\d+|bond\d+|en[^.]+)(?:\.\d+)?$/.test(port));
}
