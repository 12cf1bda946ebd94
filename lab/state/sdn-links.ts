import { createHash } from "node:crypto";
import { namesIn, optionOf, optionsOf, parseNetworkText, type Stanza } from "./network-file.ts";
import type { NodeState } from "./node.ts";
import type { SdnLink } from "./sdn.ts";

/** The interfaces that a text of interfaces.d describes, as the kernel has them once ifupdown2 has brought them up: tunnels before the bridges over them. */
export function linksOf(node: NodeState, text: string): SdnLink[] {
  const { stanzas } = parseNetworkText(text);
  const vlans = stanzas.flatMap((stanza) => vlanPorts(node, stanza, new Set(stanzas.map(({ name }) => name))));
  const links = [...vlans, ...stanzas.map((stanza) => linkOf(node, stanza))];
  const rank = { vlan: 0, veth: 1, vxlan: 2, bridge: 3 } as const;
  const sorted = links.sort((a, b) => rank[a.kind] - rank[b.kind]);
  return sorted.map((link) => withPortsAddress(link, sorted));
}

function linkOf(node: NodeState, stanza: Stanza): SdnLink {
  const { name } = stanza;
  const id = optionOf(stanza, "vxlan-id");
  const bridged = optionOf(stanza, "bridge-ports");
  const kind = id !== undefined ? "vxlan" : bridged !== undefined ? "bridge" : "veth";
  return {
    ...{ name, kind, ports: namesIn(bridged), alias: optionOf(stanza, "alias"), tag: undefined },
    mac: optionOf(stanza, "hwaddress")?.toLowerCase() ?? macOf(node, name),
    mtu: Number(optionOf(stanza, "mtu") ?? 1500),
    addresses: optionsOf(stanza, "address"),
    vxlan: id === undefined ? undefined : { id: Number(id), remotes: optionsOf(stanza, "vxlan-remoteip") },
  };
}

/** ifupdown2 makes "ens18.10" by itself when a bridge names it as a port. */
function vlanPorts(node: NodeState, stanza: Stanza, known: ReadonlySet<string>): SdnLink[] {
  return namesIn(optionOf(stanza, "bridge-ports")).flatMap((name) => {
    const [raw, tag] = name.split(".");
    if (known.has(name) || tag === undefined) return [];
    const mac = node.interfaces.find((nic) => nic.name === raw)?.mac ?? macOf(node, name);
    return [
      {
        ...{ name, kind: "vlan" as const, mac, mtu: 1500, addresses: [], ports: [] },
        ...{ alias: undefined, vxlan: undefined, tag: Number(tag) },
      },
    ];
  });
}

/** A bridge wears the hardware address of its port, unless it was given its own. */
function withPortsAddress(link: SdnLink, links: readonly SdnLink[]): SdnLink {
  const port = links.find((other) => link.ports.includes(other.name));
  return link.kind === "bridge" && port ? { ...link, mac: port.mac } : link;
}

/** A hardware address the kernel could have made up: locally administered, and the same for the same name on the same node. */
function macOf(node: NodeState, name: string): string {
  const bytes = [...createHash("md5").update(`${node.name} ${name}`).digest().subarray(0, 6)];
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 2;
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
