import { rbdUsage } from "./ceph/rbd-usage.ts";
import type { StorageDefinition } from "./cluster-database.ts";
import { guestMemoryUsed } from "./guest.ts";
import { heavyBytes } from "./heavy-files.ts";
import { poolBehind } from "./lvm/thin-pool.ts";
import type { NodeState } from "./node.ts";
import { isOn, volumesIn } from "./volumes.ts";
import type { World } from "./world.ts";

/** How busy a node is at a moment. Bytes; `cpu` and `iowait` from 0 to 1. */
export interface Usage {
  readonly cpu: number;
  readonly iowait: number;
  readonly load: readonly [number, number, number];
  readonly memory: number;
  readonly rootfs: number;
}

const GIB = 2 ** 30;

/** What an idle node uses at `at` (lab milliseconds, now by default): a gentle wave of its own, plus its running guests. */
export function usageOf(world: World, node: NodeState, at: number = world.clock.now()): Usage {
  const phase = [...node.name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const wave = (Math.sin(at / 47_000 + phase) + Math.sin(at / 13_000 + phase * 3) + 2) / 4;
  const running = [...node.guests.values()].filter((guest) => guest.status === "running");
  const guestMemory = running.reduce((sum, guest) => sum + guestMemoryUsed(guest), 0);
  const full = world.faults.diskFull.has(node.name);
  return {
    cpu: 0.006 + 0.02 * wave + 0.03 * running.length,
    iowait: 0.0004 + 0.002 * wave,
    load: [0.04 + 0.3 * wave, 0.08 + 0.12 * wave, 0.07 + 0.05 * wave],
    memory: Math.round((1.9 + 0.15 * wave) * GIB) + guestMemory,
    rootfs: full
      ? node.hardware.rootfs
      : Math.min(
          node.hardware.rootfs,
          Math.round(3.4 * GIB + world.clock.uptime(node.bootTime) * 900) + filesOn(node) + heavyBytes(node),
        ),
  };
}

/** Room of a storage on a node, bytes. */
export interface StorageUsage {
  readonly total: number;
  readonly used: number;
  readonly available: number;
}

/** How full a storage is on a node. */
export function storageUsage(world: World, node: NodeState, storage: StorageDefinition): StorageUsage {
  if (storage.type === "dir") {
    const total = node.hardware.rootfs;
    const used = usageOf(world, node).rootfs;
    // The file system keeps some blocks for root, so "available" is less than total minus used.
    return { total, used, available: Math.max(0, Math.floor(total * 0.95) - used) };
  }
  // Without a Ceph of its own the cluster uses somebody else's.
  if (storage.type === "rbd" && node.database.ceph.config) return rbdUsage(node.database.ceph, storage);
  const total = capacity(node, storage);
  const used = Math.min(total, usedIn(node, storage));
  return { total, used, available: total - used };
}

/** The storages that a node has, by its cluster's definitions. */
export function storagesOf(node: NodeState): StorageDefinition[] {
  return node.database.storages.filter((storage) => isOn(node, storage));
}

/** Bytes. A pool kept three times over three nodes is as large as the disk of one. */
function capacity(node: NodeState, storage: StorageDefinition): number {
  const { hardware } = node;
  if (storage.type === "lvmthin") return poolBehind(node, storage)?.size ?? 0;
  if (storage.type === "rbd") return Math.floor((hardware.disks[1]?.size ?? 0) * 0.95);
  return Math.floor((hardware.disks[0]?.size ?? 0) * 0.71);
}

/** What the directories on the root file system hold. */
function filesOn(node: NodeState): number {
  const directories = storagesOf(node).filter(({ type, shared }) => type === "dir" && !shared);
  return directories.reduce((sum, storage) => sum + usedIn(node, storage), 0);
}

function usedIn(node: NodeState, storage: StorageDefinition): number {
  return Math.round(volumesIn(node, storage).reduce((sum, volume) => sum + volume.used, 0));
}
