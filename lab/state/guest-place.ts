import type { Guest } from "./guest.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { World } from "./world.ts";

/** A guest and the node whose directory holds its configuration. */
export interface PlacedGuest {
  readonly node: NodeState;
  readonly guest: Guest;
}

/** The nodes that share this node's /etc/pve, itself included, in the order of the world. */
export function fellowNodes(world: World, node: NodeState): NodeState[] {
  return [...world.nodes.values()].filter((other) => other.database === node.database);
}

/** Where a guest is, in this node's cluster. */
export function findGuest(world: World, node: NodeState, vmid: number): PlacedGuest | undefined {
  for (const other of fellowNodes(world, node)) {
    const guest = other.guests.get(vmid);
    if (guest) return { node: other, guest };
  }
  return undefined;
}

/** The virtual machine of that number on this very node; throws what a node says about a configuration it has not. */
export function vmOn(node: NodeState, vmid: string | number): Guest {
  const guest = node.guests.get(Number(vmid));
  if (guest?.type === "qemu") return guest;
  throw new PveError(`Configuration file 'nodes/${node.name}/qemu-server/${vmid}.conf' does not exist`);
}

/** Moves the configuration to another node's directory, as `mv` below /etc/pve does; what runs is the caller's matter. */
export function moveGuest(from: NodeState, to: NodeState, guest: Guest): void {
  from.guests.delete(guest.vmid);
  to.guests.set(guest.vmid, guest);
}

/** The lowest free number from 100 on. */
export function nextVmid(world: World, node: NodeState): number {
  let vmid = 100;
  while (findGuest(world, node, vmid)) vmid += 1;
  return vmid;
}

/** Throws while something else holds the configuration. */
export function assertUnlocked(guest: Guest): void {
  if (guest.lock !== undefined) throw new PveError(`VM is locked (${guest.lock})`);
}
