import type { NodeState } from "../node.ts";
import { EXTENT } from "./volume-group.ts";

/** Bytes that `df` shows of a fresh ext4 on so many bytes: inode tables, the journal and the group tables are taken off (measured on 13.7 GiB). */
export function freshFileSystem(device: number): number {
  return Math.floor((device - device / 64 - journalOf(device) - device * 0.0029) / 4096) * 4096;
}

/** What growing the device by so many bytes adds to the file system: the journal stays. */
export function grownFileSystem(by: number): number {
  return Math.floor((by - by / 64 - by * 0.0029) / 4096) * 4096;
}

/** Makes the root file system as large as its volume; gives its new length in blocks of 4 KiB, and whether that changed anything. */
export function growRoot(node: NodeState): { readonly blocks: number; readonly changed: boolean } {
  const root = rootVolume(node);
  const device = root.extents * EXTENT;
  const changed = device !== node.hardware.rootDevice;
  if (changed) {
    node.hardware.rootfs += grownFileSystem(device - node.hardware.rootDevice);
    node.hardware.rootDevice = device;
  }
  return { blocks: device / 4096, changed };
}

function rootVolume(node: NodeState) {
  const root = node.lvm.groups.find(({ name }) => name === "pve")?.logical.find(({ name }) => name === "root");
  if (root) return root;
  throw new Error(`the root of ${node.name} is no logical volume`);
}

/** As mke2fs chooses it. */
function journalOf(device: number): number {
  const blocks = device / 4096;
  const steps: readonly (readonly [number, number])[] = [
    [4_194_304, 16_384],
    [8_388_608, 32_768],
    [16_777_216, 65_536],
    [33_554_432, 131_072],
  ];
  const journal = steps.find(([below]) => blocks < below)?.[1] ?? 262_144;
  return journal * 4096;
}
