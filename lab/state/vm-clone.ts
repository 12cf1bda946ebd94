import { randomUUID } from "node:crypto";
import { allocateVolume, allocationDelay } from "./allocate-volume.ts";
import { type Guest, newGuest } from "./guest.ts";
import { isDriveKey, parseDisk } from "./guest-disks.ts";
import { findGuest } from "./guest-place.ts";
import type { NodeState } from "./node.ts";
import { parseProperties, renderProperties } from "./property-string.ts";
import { PveError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { Print } from "./task.ts";
import { NET_KEY, newMac } from "./vm-values.ts";
import { findVolume, storageOn } from "./volumes.ts";
import type { World } from "./world.ts";

/** A copy to make: its number and name, and the node that gets it. */
export interface CloneRequest {
  readonly vmid: number;
  readonly name: string | undefined;
  readonly target: NodeState;
}

/** Throws at once what the call answers before any work. */
export function checkCloneVm(world: World, node: NodeState, guest: Guest, { vmid, target }: CloneRequest): void {
  assertQuorum(node);
  if (findGuest(world, node, vmid)) throw new PveError(`unable to create VM ${vmid}: config file already exists`);
  if (target === node) return;
  for (const [key, value] of guest.config) {
    if (!isDriveKey(key)) continue;
    const { storage } = parseDisk(key, value);
    if (storage !== undefined && !storageOn(node, storage).shared) {
      throw new PveError(`can't clone VM to node '${target.name}' (VM uses local storage)`);
    }
  }
}

/** Makes a full copy with disks, hardware addresses and identity of its own; the original may run meanwhile. Form of the log built from the sources, not recorded. */
export async function cloneVm(
  world: World,
  node: NodeState,
  guest: Guest,
  { vmid, name, target }: CloneRequest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const copy = newGuest(vmid);
  copy.lock = "clone";
  node.guests.set(vmid, copy);
  for (const [key, value] of guest.config) {
    if (isDriveKey(key)) copy.config.set(key, await copyDisk(world, node, vmid, key, value, print, signal));
    else copy.config.set(key, NET_KEY.test(key) ? withNewMac(value) : value);
  }
  copy.config.set("name", name ?? `Copy-of-VM-${guest.config.get("name") ?? guest.vmid}`);
  copy.config.set("smbios1", `uuid=${randomUUID()}`);
  copy.config.set("vmgenid", randomUUID());
  if (guest.system) copy.system = { ...guest.system, addresses: new Map(guest.system.addresses) };
  copy.lock = undefined;
  node.guests.delete(vmid);
  target.guests.set(vmid, copy);
}

async function copyDisk(
  world: World,
  node: NodeState,
  vmid: number,
  key: string,
  value: string,
  print: Print,
  signal: AbortSignal,
): Promise<string> {
  const { storage, volid, size, cdrom } = parseDisk(key, value);
  if (storage === undefined || cdrom) return value;
  const place = storageOn(node, storage);
  print(`create full clone of drive ${key} (${volid})\n`);
  await world.clock.sleep(allocationDelay(place), signal);
  const volume = allocateVolume(world, node, place, { vmid, size }, print);
  volume.used = findVolume(node, volid)?.used ?? 0;
  for (const percent of [0, 50, 100]) {
    print(
      `transferred ${((size * percent) / 100 / 2 ** 30).toFixed(1)} GiB of ${(size / 2 ** 30).toFixed(1)} GiB (${percent.toFixed(2)}%)\n`,
    );
    await world.clock.sleep(1500, signal);
  }
  const options = parseProperties(value, "file");
  options.set("file", volume.volid);
  return renderProperties(options, "file");
}

function withNewMac(value: string): string {
  const [model = "virtio"] = [...parseProperties(value)][0] ?? [];
  return value.replace(/^[^,]*/, `${model}=${newMac()}`);
}
