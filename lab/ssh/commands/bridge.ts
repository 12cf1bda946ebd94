import { type KernelLink, kernelLinks } from "../../state/kernel-links.ts";
import type { SdnLink } from "../../state/sdn.ts";
import { findHost } from "../../state/world.ts";
import type { Call, LabCommand } from "../command.ts";
import { flagsOf } from "./ip-format.ts";

/** iproute2's `bridge`: link, fdb and vlan, shown only. */
export const bridge: LabCommand = {
  name: "bridge",
  run(call) {
    const [object = "", ...rest] = call.args.filter((arg) => !arg.startsWith("-"));
    const words = rest[0] === "show" || rest[0] === "list" ? rest.slice(1) : rest;
    const device = words.includes("dev") ? words[words.indexOf("dev") + 1] : undefined;
    const links = kernelLinks(call.node);
    if (device !== undefined && !links.some(({ name }) => name === device)) {
      call.err(`Cannot find device "${device}"\n`);
      return 255;
    }
    const ports = links.filter(({ master, name }) => master !== undefined && (device === undefined || name === device));
    switch (object) {
      case "link":
        for (const port of ports) call.out(linkLine(port));
        return 0;
      case "fdb":
        for (const port of ports) call.out(forwarding(call, port).join(""));
        return 0;
      case "vlan":
        call.out(vlans(links.filter((link) => link.type === "bridge" || ports.includes(link))));
        return 0;
      default:
        call.err(`Object "${object}" is unknown, try "bridge help".\n`);
        return 255;
    }
  },
};

function linkLine(port: KernelLink): string {
  const { index, name, mtu, master } = port;
  return `${index}: ${name}: <${flagsOf(port).join(",")}> mtu ${mtu} master ${master} state forwarding priority 32 cost ${port.type === "tap" ? 2 : 100} \n`;
}

/** What a port has learned: over a tunnel, the other nodes' addresses twice, by bridge and by tunnel. */
function forwarding(call: Call, port: KernelLink): string[] {
  const tunnel = call.node.sdn.links.find(({ name }) => name === port.name);
  const own = `${port.mac} master ${port.master} permanent\n`;
  if (!tunnel?.vxlan) return [own];
  const learned = tunnel.vxlan.remotes.flatMap((address) => {
    const mac = otherEnd(call, tunnel, address)?.mac;
    return mac === undefined ? [] : [{ mac, address }];
  });
  return [
    ...learned.map(({ mac }) => `${mac} master ${port.master} \n`),
    own,
    ...learned.map(({ mac, address }) => `${mac} dst ${address} self \n`),
    ...tunnel.vxlan.remotes.map((address) => `00:00:00:00:00:00 dst ${address} self permanent\n`),
  ];
}

function otherEnd({ world }: Call, tunnel: SdnLink, address: string): SdnLink | undefined {
  const other = findHost(world, address);
  if (other?.power !== "on") return undefined;
  return other.sdn.links.find(({ vxlan }) => vxlan?.id === tunnel.vxlan?.id);
}

function vlans(links: readonly KernelLink[]): string {
  const lines = links.map(({ name }) => `${name.padEnd(17)} 1 PVID Egress Untagged\n`);
  return `port              vlan-id  \n${lines.join("")}`;
}
