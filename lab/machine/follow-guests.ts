import { findGuest } from "../state/guest-place.ts";
import type { World } from "../state/world.ts";
import { bootMachine } from "./boot-machine.ts";

/** Lets the screens of virtual machines follow their power. */
export function followGuests(world: World): void {
  world.events.on((event) => {
    if (event.type !== "guest") return;
    const host = world.nodes.get(event.node);
    const guest = host && findGuest(world, host, event.vmid)?.guest;
    if (!host || !guest) return;
    if (event.running) bootMachine(world, host, guest);
    else guest.program = undefined;
  });
}
