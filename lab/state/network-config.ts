import type { NetworkInterface } from "./hardware.ts";
import { namesIn, optionOf, parseNetworkText, type Stanza } from "./network-file.ts";
import type { NodeState } from "./node.ts";

export const INTERFACES_FILE = "/etc/network/interfaces";
export const PENDING_FILE = "/etc/network/interfaces.new";

/** The text of /etc/network/interfaces: what was written there, or what the installer left. */
export function interfacesText(node: NodeState): string {
  return node.files.get(INTERFACES_FILE) ?? renderInterfaces(node.interfaces);
}

/** The text that waits in interfaces.new; undefined while nothing waits. */
export function pendingText(node: NodeState): string | undefined {
  return node.files.get(PENDING_FILE);
}

/** The interfaces that a text describes; hardware addresses and what stands behind a name come from the running ones. */
export function readInterfaces(node: NodeState, text: string): NetworkInterface[] {
  return parseNetworkText(text)
    .stanzas.filter(({ name }) => name !== "lo")
    .map((stanza, index) => interfaceOf(node, stanza, index + 3));
}

/** The whole file, as Proxmox writes it: the loopback, the interfaces in order, and the SDN's own taken in at the end. */
export function renderInterfaces(interfaces: readonly NetworkInterface[]): string {
  const stanzas = [...interfaces].sort((a, b) => a.priority - b.priority).map(stanzaText);
  return `${["auto lo\niface lo inet loopback\n", ...stanzas].join("\n")}\nsource /etc/network/interfaces.d/*\n`;
}

function interfaceOf(node: NodeState, stanza: Stanza, priority: number): NetworkInterface {
  const { name } = stanza;
  const [address, prefix] = (optionOf(stanza, "address") ?? "").split("/");
  const ports = namesIn(optionOf(stanza, "bridge-ports"));
  const running = node.interfaces.find((nic) => nic.name === name);
  const port = node.interfaces.find((nic) => ports.includes(nic.name));
  return {
    ...{ name, type: typeOf(stanza), priority, ports, autostart: stanza.auto },
    mac: running?.mac ?? port?.mac ?? node.interfaces[0]?.mac ?? "bc:24:11:00:00:01",
    address: address || undefined,
    prefix: prefix ? Number(prefix) : undefined,
    gateway: optionOf(stanza, "gateway"),
    vlanAware: optionOf(stanza, "bridge-vlan-aware") === "yes",
    comments: stanza.comments.join("\n") || undefined,
  };
}

function typeOf({ name, options }: Stanza): NetworkInterface["type"] {
  if (options.some(([key]) => key === "bridge-ports")) return "bridge";
  if (options.some(([key]) => key.startsWith("bond-"))) return "bond";
  return /^vlan\d+$|\.\d+$/.test(name) ? "vlan" : "eth";
}

function stanzaText(nic: NetworkInterface): string {
  const lines = [
    ...(nic.autostart ? [`auto ${nic.name}`] : []),
    `iface ${nic.name} inet ${nic.address ? "static" : "manual"}`,
    ...(nic.address ? [`\taddress ${nic.address}/${nic.prefix}`] : []),
    ...(nic.gateway ? [`\tgateway ${nic.gateway}`] : []),
    ...(nic.type === "bridge"
      ? [`\tbridge-ports ${nic.ports.join(" ") || "none"}`, "\tbridge-stp off", "\tbridge-fd 0"]
      : []),
    ...(nic.vlanAware ? ["\tbridge-vlan-aware yes", "\tbridge-vids 2-4094"] : []),
    ...(nic.comments ? nic.comments.split("\n").map((line) => `#${line}`) : []),
  ];
  return `${lines.join("\n")}\n`;
}
