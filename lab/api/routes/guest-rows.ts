import type { Guest } from "../../state/guest.ts";
import type { World } from "../../state/world.ts";

/** What a guest uses now: the figures that every list of guests shows. */
export function guestFigures(world: World, guest: Guest) {
  const running = guest.status === "running";
  return {
    vmid: guest.vmid,
    name: guest.name,
    status: guest.status,
    cpu: running ? 0.02 : 0,
    mem: running ? Math.round(guest.memory * 0.6) : 0,
    maxmem: guest.memory,
    disk: 0,
    maxdisk: guest.disk,
    netin: 0,
    netout: 0,
    diskread: 0,
    diskwrite: 0,
    uptime: running && guest.startedAt !== undefined ? world.clock.uptime(guest.startedAt) : 0,
    // Memory seen by the host is a figure of version 9.
    ...(world.dialect === "9" ? { memhost: running ? guest.memory : 0 } : {}),
  };
}
