import type { Disk } from "../hardware.ts";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import { extentsOn, type VolumeGroup } from "./volume-group.ts";

/** Prepares a whole disk for LVM; throws what pvcreate says about one that is not free. */
export function createPhysicalVolume(node: NodeState, path: string): void {
  const disk = diskAt(node, path);
  const group = groupOn(node, path);
  if (group)
    throw new PveError(
      `  Can't initialize physical volume "${path}" of volume group "${group.name}" without -ff\n  ${path}: physical volume not initialized.`,
    );
  if (disk.used !== undefined && disk.used !== "LVM") throw new PveError(`  Cannot use ${path}: device is partitioned`);
  disk.used = "LVM";
  node.lvm.loose.add(path);
}

/** Joins a disk to a group, preparing it when that was not done. */
export function joinGroup(node: NodeState, name: string, path: string, print: (text: string) => void): void {
  const group = node.lvm.groups.find((each) => each.name === name);
  if (!group) throw new PveError(`  Volume group "${name}" not found\n  Cannot process volume group ${name}`);
  const other = groupOn(node, path);
  if (other)
    throw new PveError(
      `  Physical volume '${path}' is already in volume group '${other.name}'\n  Unable to add physical volume '${path}' to volume group '${other.name}'\n  ${path}: physical volume not initialized.`,
    );
  if (!node.lvm.loose.has(path)) {
    createPhysicalVolume(node, path);
    print(`  Physical volume "${path}" successfully created.\n`);
  }
  node.lvm.loose.delete(path);
  group.physical.push({ path, extents: extentsOn(diskAt(node, path).size) });
}

/** The group that a device belongs to. */
export function groupOn(node: NodeState, path: string): VolumeGroup | undefined {
  return node.lvm.groups.find(({ physical }) => physical.some((each) => each.path === path));
}

function diskAt(node: NodeState, path: string): Disk {
  const disk = node.hardware.disks.find((each) => each.path === path);
  if (disk) return disk;
  throw new PveError(`  No device found for ${path}.`);
}
