import type { Guest } from "./guest.ts";
import { ownVolumes } from "./guest-disks.ts";
import { assertUnlocked } from "./guest-place.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { Print } from "./task.ts";
import { dropVolume } from "./volumes.ts";
import type { World } from "./world.ts";

/** Throws at once what the call answers before any work. */
export function checkDestroyVm(world: World, node: NodeState, guest: Guest, force: boolean): void {
  assertQuorum(node);
  if (guest.config.get("protection") === "1")
    throw new PveError(`can't remove VM ${guest.vmid} - protection mode enabled`);
  if (world.guestManager?.isManaged(node, guest.vmid) && !force) {
    throw new PveError(`unable to remove VM ${guest.vmid} - used in HA resources and purge parameter not set.`);
  }
  assertUnlocked(guest);
}

/** Removes a stopped machine and its volumes. */
export async function destroyVm(
  world: World,
  node: NodeState,
  guest: Guest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  if (guest.status === "running") throw new PveError(`VM ${guest.vmid} is running - destroy failed`);
  await world.clock.sleep(400, signal);
  for (const volid of ownVolumes(guest.vmid, guest.config)) {
    dropVolume(node, volid);
    const name = volid.slice(volid.indexOf(":") + 1);
    const storage = node.database.storages.find(({ id }) => volid.startsWith(`${id}:`));
    if (storage?.type === "lvmthin") print(`  Logical volume "${name}" successfully removed.\n`);
    if (storage?.type === "rbd") print("Removing image: 100% complete...done.\n", "err");
  }
  node.guests.delete(guest.vmid);
}
