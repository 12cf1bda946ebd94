import { cardsOf } from "./guest-network.ts";
import type { NetworkInterface } from "./hardware.ts";
import type { NodeState } from "./node.ts";

/** A network interface as the kernel shows it. */
export interface KernelLink {
  readonly index: number;
  readonly name: string;
  readonly type: "loopback" | "bridge" | "eth" | "bond" | "vlan" | "vxlan" | "veth" | "tap";
  readonly mac: string;
  readonly address: string | undefined;
  readonly prefix: number | undefined;
  readonly master: string | undefined;
  readonly mtu: number;
  /** False for a bridge without ports: nothing is plugged in. */
  readonly carrier: boolean;
}

/** The interfaces of a node in the order of their indexes: the loopback, its own, the SDN's, then one tap for each card of a running guest. */
export function kernelLinks(node: NodeState): readonly KernelLink[] {
  const links: Seen[] = [LOOPBACK, ...ownLinks(node), ...sdnLinks(node), ...taps(node)];
  const bridged = new Set(links.map(({ master }) => master));
  return links.map((link, index) => ({
    ...link,
    index: index + 1,
    carrier: link.type !== "bridge" || bridged.has(link.name),
  }));
}

type Seen = Omit<KernelLink, "index" | "carrier">;

const LOOPBACK: Seen = {
  ...{ name: "lo", type: "loopback", mac: "00:00:00:00:00:00", mtu: 65_536 },
  ...{ address: "127.0.0.1", prefix: 8, master: undefined },
};

function ownLinks({ interfaces }: NodeState): Seen[] {
  const master = (nic: NetworkInterface) => interfaces.find((each) => each.ports.includes(nic.name))?.name;
  return interfaces.map((nic) => {
    const { name, type, mac, address, prefix } = nic;
    return { name, type, mac, address, prefix, master: master(nic), mtu: 1500 };
  });
}

function sdnLinks({ sdn }: NodeState): Seen[] {
  return sdn.links.map(({ name, kind, mac, mtu, addresses }) => {
    const [address, prefix] = addresses[0]?.split("/") ?? [];
    const master = sdn.links.find((each) => each.ports.includes(name))?.name;
    const bits = prefix === undefined ? undefined : Number(prefix);
    return { name, type: kind, mac, mtu, master, address, prefix: bits };
  });
}

/** QEMU's end of a card wears the card's address with another first byte. */
function taps(node: NodeState): Seen[] {
  return [...node.guests.values()].flatMap((guest) =>
    guest.status !== "running"
      ? []
      : cardsOf(guest).map(({ key, mac, bridge }) => ({
          ...{ name: `tap${guest.vmid}i${key.slice(3)}`, type: "tap" as const, mac: `fe${mac.toLowerCase().slice(2)}` },
          ...{ address: undefined, prefix: undefined, master: bridge, mtu: mtuOf(node, bridge) },
        })),
  );
}

function mtuOf({ sdn }: NodeState, bridge: string | undefined): number {
  return sdn.links.find((link) => link.name === bridge)?.mtu ?? 1500;
}
