import { wireOf } from "./bridges.ts";
import type { Guest, GuestAddress } from "./guest.ts";
import type { NodeState } from "./node.ts";
import { parseProperties } from "./property-string.ts";
import { NET_KEY } from "./vm-values.ts";
import type { World } from "./world.ts";

/** One network card of a guest. */
export interface GuestCard {
  /** "net0" */
  readonly key: string;
  readonly model: string;
  readonly mac: string;
  readonly bridge: string | undefined;
  readonly tag: string | undefined;
  readonly up: boolean;
  /** The address its system has on it, if any. */
  readonly address: GuestAddress | undefined;
}

/** The network cards of a guest as its running configuration has them, by number. */
export function cardsOf(guest: Guest): GuestCard[] {
  return [...guest.config]
    .filter(([key]) => NET_KEY.test(key))
    .sort(([a], [b]) => Number(a.slice(3)) - Number(b.slice(3)))
    .map(([key, value]) => {
      const properties = parseProperties(value);
      const [model = "", mac = ""] = [...properties][0] ?? [];
      return {
        ...{ key, model, mac, bridge: properties.get("bridge"), tag: properties.get("tag") },
        up: properties.get("link_down") !== "1",
        address: addressOn(guest, key),
      };
    });
}

function addressOn({ config, system }: Guest, key: string): GuestAddress | undefined {
  if (!system) return undefined;
  const given = system.cloudInit ? parseProperties(config.get(`ipconfig${key.slice(3)}`) ?? "") : undefined;
  const [address, prefix] = given?.get("ip")?.split("/") ?? [];
  if (address === undefined || prefix === undefined) return system.addresses.get(key);
  return { address, prefix: Number(prefix), gateway: given?.get("gw") };
}

/** A place in the network: an address, and the wire it is on. */
export interface NetworkPlace extends GuestAddress {
  readonly wire: string;
  readonly node: NodeState;
  /** The guest it belongs to; undefined for the node's own. */
  readonly guest: Guest | undefined;
}

/** Every address that a node's own interfaces or its guests' cards have, whether it answers now or not. */
export function placesOn(world: World, node: NodeState): NetworkPlace[] {
  const own = node.interfaces.flatMap(({ name, type, address, prefix, gateway }) => {
    if (address === undefined || prefix === undefined) return [];
    const wire = type === "bridge" ? wireOf(world, node, name) : "site";
    return wire === undefined ? [] : [{ address, prefix, gateway, wire, node, guest: undefined }];
  });
  const vnets = node.sdn.links.flatMap(({ name, addresses }) => {
    const wire = wireOf(world, node, name);
    return addresses.flatMap((text) => {
      const [address = "", prefix] = text.split("/");
      return wire === undefined
        ? []
        : [{ address, prefix: Number(prefix), gateway: undefined, wire, node, guest: undefined }];
    });
  });
  return [...own, ...vnets, ...[...node.guests.values()].flatMap((guest) => guestPlaces(world, node, guest))];
}

/** The addresses of one guest. */
export function guestPlaces(world: World, node: NodeState, guest: Guest): NetworkPlace[] {
  return cardsOf(guest).flatMap(({ bridge, tag, up, address }) => {
    const wire = bridge === undefined || !up ? undefined : wireOf(world, node, bridge, tag);
    return wire === undefined || !address ? [] : [{ ...address, wire, node, guest }];
  });
}
