import { EXTENT, extentsOn, type LogicalVolume, type VolumeGroup } from "./volume-group.ts";

const KIB_PER_GIB = 2 ** 20;
/** Sizes are rounded down to whole extents, in KiB. */
const aligned = (kib: number) => Math.floor(kib / 4096) * 4096;

/** How the installer divides a disk; bytes. */
export interface InstallLayout {
  readonly boot: number;
  readonly esp: number;
  readonly lvm: number;
  readonly swap: number;
  readonly root: number;
  /** 0 where the disk is too small for a pool. */
  readonly data: number;
  readonly metadata: number;
}

/** The installer's own arithmetic for ext4 on one disk without advanced options; `memory` in bytes. */
export function installLayout(disk: number, memory: number): InstallLayout {
  const boot = 1007 * 1024;
  const esp = disk > 100 * 2 ** 30 ? 2 ** 30 : 512 * 2 ** 20;
  const lvm = disk - 2 ** 20 - esp - 33 * 512;
  const system = Math.floor(lvm / 1024);
  const gib = Math.floor(system / KIB_PER_GIB);
  const swap = swapSize(gib, Math.floor(memory / 2 ** 20));
  const kept = gib <= 32 ? 4 * 1024 : (gib > 128 ? 16 : gib / 8) * KIB_PER_GIB;
  const rest = system - swap;
  const root = aligned(rootMib(Math.floor(rest / 1024)) * 1024);
  const data = aligned(Math.floor(rest - root - kept));
  const bytes = (kib: number) => kib * 1024;
  const sizes = { boot, esp, lvm, swap: bytes(swap), root: bytes(root) };
  if (data <= 4 * KIB_PER_GIB) return { ...sizes, data: 0, metadata: 0 };
  const metadata = aligned(Math.min(16 * KIB_PER_GIB, Math.max(KIB_PER_GIB, Math.floor(data / 100))));
  return { ...sizes, data: bytes(aligned(data - 2 * metadata - 4096)), metadata: bytes(metadata) };
}

/** The group `pve` as the installer leaves it on the third partition of a disk. */
export function installedGroup(partition: string, layout: InstallLayout): VolumeGroup {
  const of = (bytes: number) => Math.floor(bytes / EXTENT);
  const plain = { type: "linear", metadata: 0, spare: 0, open: true } as const;
  const pool: LogicalVolume[] =
    layout.data === 0
      ? []
      : [
          {
            ...{ name: "data", type: "thin-pool", extents: of(layout.data), open: false },
            ...{ metadata: of(layout.metadata), spare: of(layout.metadata), past: [] },
          },
        ];
  return {
    name: "pve",
    physical: [{ path: partition, extents: extentsOn(layout.lvm) }],
    logical: [
      ...pool,
      { ...plain, name: "root", extents: of(layout.root), past: [] },
      { ...plain, name: "swap", extents: of(layout.swap), past: [] },
    ],
  };
}

/** KiB, from whole GiB of disk and MiB of memory. */
function swapSize(gib: number, memory: number): number {
  let mib = memory;
  if (mib < 4096 && gib >= 64) mib = 4096;
  if (mib < 2048 && gib >= 32) mib = 2048;
  if (mib >= 2048 && gib <= 16) mib = 1024;
  return aligned(Math.min(Math.max(mib, 512), gib * 128, 8192) * 1024);
}

function rootMib(rest: number): number {
  const even = (mib: number) => Math.floor(mib / 4) * 4;
  if (rest < 12 * 1024) return even(rest - 4);
  if (rest < 48 * 1024) return even(Math.floor(rest / 2));
  return Math.min(Math.floor(rest / 4 + 12 * 1024), 96 * 1024);
}
