import type { NodeState } from "./node.ts";
import { startTask } from "./tasks.ts";
import { markStopped, startVm } from "./vm-power.ts";
import type { World } from "./world.ts";

/** The node lost its power: what ran on it runs nowhere. The others go on showing it as running for some minutes. */
export function loseGuests(world: World, node: NodeState): void {
  for (const guest of node.guests.values()) {
    guest.lock = undefined;
    if (guest.status === "stopped") continue;
    guest.lostAt = world.clock.now();
    const { startedAt } = guest;
    markStopped(guest);
    guest.startedAt = startedAt;
  }
}

/** The node shut down cleanly: its guests were shut down first. */
export function stopGuests(node: NodeState): void {
  for (const guest of node.guests.values()) if (guest.status === "running") markStopped(guest);
}

/** The node booted: nothing runs yet. */
export function bootGuests(node: NodeState): void {
  for (const guest of node.guests.values()) {
    markStopped(guest);
    guest.lostAt = undefined;
  }
}

/** Starts the guests with `onboot`, once the node may, unless somebody else watches over them. */
export function startOnboot(world: World, node: NodeState): void {
  for (const guest of node.guests.values()) {
    const wanted = guest.config.get("onboot") === "1" && guest.status === "stopped";
    if (!wanted || world.guestManager?.isManaged(node, guest.vmid)) continue;
    const run = { type: "qmstart", id: String(guest.vmid) };
    startTask(world, node, run, (print, signal) => startVm(world, node, guest, print, signal));
  }
}
