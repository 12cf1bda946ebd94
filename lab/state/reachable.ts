import { isIPv4 } from "node:net";
import type { Guest } from "./guest.ts";
import { guestPlaces, type NetworkPlace, placesOn } from "./guest-network.ts";
import type { NodeState } from "./node.ts";
import type { World } from "./world.ts";

/** Who asks: a node itself, or a guest on a node. */
export type Asker = NodeState | { readonly node: NodeState; readonly guest: Guest };

/** Whether an address answers now. */
export interface Reachability {
  readonly ok: boolean;
  /** Round trip, milliseconds; varies from moment to moment. 0 when nothing answers. */
  readonly latencyMs: number;
}

const SILENCE: Reachability = { ok: false, latencyMs: 0 };

/**
 * Whether an address answers somebody: power of the nodes, state of the guest (also the short pause of a migration), bridges, VLANs and
 * links decide. A gateway of the site's network answers everybody on it.
 */
export function reachable(world: World, from: Asker, address: string): Reachability {
  if (!isIPv4(address)) return SILENCE;
  const origin = "guest" in from ? guestPlaces(world, from.node, from.guest) : placesOn(world, from).filter(isOwn);
  const asker = "guest" in from ? from.guest : undefined;
  const node = "guest" in from ? from.node : from;
  if (node.power !== "on" || (asker && !isAwake(world, asker))) return SILENCE;
  if (address.startsWith("127.") || origin.some((place) => place.address === address))
    return { ok: true, latencyMs: 0.04 };
  const holders = holdersOf(world, address);
  if (holders.length > 0) {
    // Two machines may have one address on different wires: the one that is heard counts.
    const target = holders.find((holder) => answers(world, holder) && origin.some((place) => hears(place, holder)));
    return target ? { ok: true, latencyMs: latency(world, node, target, address) } : SILENCE;
  }
  const isGateway = origin.some((place) => place.gateway === address && place.wire.startsWith("site"));
  return isGateway ? { ok: true, latencyMs: 0.4 + wave(world, address) } : SILENCE;
}

const isOwn = (place: NetworkPlace) => place.guest === undefined;

function holdersOf(world: World, address: string): NetworkPlace[] {
  const places = [...world.nodes.values()].flatMap((node) => placesOn(world, node));
  return places.filter((place) => place.address === address);
}

function answers(world: World, place: NetworkPlace): boolean {
  return place.node.power === "on" && (!place.guest || isAwake(world, place.guest));
}

function isAwake(world: World, guest: Guest): boolean {
  return guest.status === "running" && !guest.paused && guest.silentUntil <= world.clock.now();
}

/** On one wire two machines hear each other when they share a network, or when both know a gateway. */
function hears(a: NetworkPlace, b: NetworkPlace): boolean {
  const routed =
    a.gateway !== undefined && b.gateway !== undefined && a.wire.startsWith("site") && b.wire.startsWith("site");
  if (routed) return true;
  return a.wire === b.wire && sameNetwork(a.address, b.address, Math.min(a.prefix, b.prefix));
}

/** Whether two IPv4 addresses share a network of that prefix. */
export function sameNetwork(a: string, b: string, prefix: number): boolean {
  const network = (address: string) => Math.floor(numberOf(address) / 2 ** (32 - prefix));
  return network(a) === network(b);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function latency(world: World, node: NodeState, target: NetworkPlace, address: string): number {
  const wire = target.node === node ? 0.05 : 0.18;
  return wire + (target.guest ? 0.12 : 0) + wave(world, address);
}

/** As a quiet switch varies, without chance: a tenth of a millisecond up or down. */
function wave(world: World, address: string): number {
  const tick = Math.floor(world.clock.now() / 250);
  return ((tick * 37 + address.length * 11 + Number(address.split(".").at(-1))) % 100) / 1000;
}
