import { randomUUID } from "node:crypto";
import { allocationDelay } from "./allocate-volume.ts";
import { type Guest, newGuest } from "./guest.ts";
import { disksOf, isDriveKey, ownVolumes } from "./guest-disks.ts";
import { findGuest } from "./guest-place.ts";
import type { NodeState } from "./node.ts";
import { errorText, PveError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { Print } from "./task.ts";
import { checkDrives, makeDrive } from "./vm-drives.ts";
import { NET_KEY, normaliseNet } from "./vm-values.ts";
import { dropVolume, storageOn } from "./volumes.ts";
import type { World } from "./world.ts";

/** Keys of a configuration by name, as the caller gave them. */
export type VmOptions = ReadonlyMap<string, string>;

/** Throws at once what the call answers before any work. */
export function checkCreateVm(world: World, node: NodeState, vmid: number, options: VmOptions): void {
  assertQuorum(node);
  const placed = findGuest(world, node, vmid);
  if (placed)
    throw new PveError(`unable to create VM ${vmid} - VM ${vmid} already exists on node '${placed.node.name}'`);
  checkDrives(node, options);
  for (const [key, value] of options) if (NET_KEY.test(key)) normaliseNet(key, value);
}

/** Makes the machine and its disks, printing what the worker prints. Nothing of it is left when it fails. */
export async function createVm(
  world: World,
  node: NodeState,
  vmid: number,
  options: VmOptions,
  print: Print,
  signal: AbortSignal,
): Promise<Guest> {
  const guest = newGuest(vmid);
  guest.lock = "create";
  const name = options.get("name");
  if (name !== undefined) guest.config.set("name", name);
  node.guests.set(vmid, guest);
  try {
    await world.clock.sleep(200, signal);
    for (const [key, value] of options) {
      if (!isDriveKey(key)) guest.config.set(key, NET_KEY.test(key) ? normaliseNet(key, value) : value);
    }
    for (const [key, value] of options) {
      if (!isDriveKey(key)) continue;
      const storage = /^([^:/]+):/.exec(value)?.[1];
      if (storage !== undefined) await world.clock.sleep(allocationDelay(storageOn(node, storage)), signal);
      guest.config.set(key, makeDrive(world, node, guest, key, value, print));
    }
    fillIn(world, guest);
    guest.lock = undefined;
    return guest;
  } catch (error) {
    for (const volid of ownVolumes(vmid, guest.config)) dropVolume(node, volid);
    node.guests.delete(vmid);
    throw new PveError(`unable to create VM ${vmid} - ${errorText(error)}`);
  }
}

/** What a new configuration gets by itself: identity, birth, and an order to boot in. */
function fillIn(world: World, guest: Guest): void {
  const { config } = guest;
  const defaults: readonly (readonly [string, string])[] = [
    ["boot", bootOrder(config)],
    ["meta", `creation-qemu=${world.dialect === "9" ? "10.1.2" : "9.2.0"},ctime=${world.clock.seconds()}`],
    ["smbios1", `uuid=${randomUUID()}`],
    ["vmgenid", randomUUID()],
  ];
  for (const [key, value] of defaults) if (!config.has(key)) config.set(key, value);
  const sorted = [...config].sort(([a], [b]) => (a < b ? -1 : 1));
  config.clear();
  for (const [key, value] of sorted) config.set(key, value);
}

function bootOrder(config: ReadonlyMap<string, string>): string {
  const drives = disksOf(config).filter(({ key }) => !/^(?:efidisk|tpmstate)/.test(key));
  const disk = drives.find((drive) => !drive.cdrom);
  const cdrom = drives.find((drive) => drive.cdrom);
  const net = [...config.keys()].filter((key) => NET_KEY.test(key)).sort()[0];
  const order = [disk?.key, cdrom?.key, net].filter((key) => key !== undefined);
  return order.length === 0 ? " " : `order=${order.join(";")}`;
}
