/** Bytes of one extent: LVM's default, which the installer keeps. */
export const EXTENT = 4 * 2 ** 20;

/** A disk or partition that LVM manages. */
export interface PhysicalVolume {
  /** "/dev/sda3" */
  readonly path: string;
  extents: number;
}

/** A volume of a group. A thin pool has its metadata beside it, and once more as a spare. */
export interface LogicalVolume {
  readonly name: string;
  readonly type: "linear" | "thin-pool";
  extents: number;
  /** Of a pool's metadata; 0 for a linear volume. */
  metadata: number;
  /** Of the spare copy, which keeps the size it was made with. */
  readonly spare: number;
  /** Sizes it had before, each with the lab second at which it grew. */
  readonly past: { readonly until: number; readonly extents: number }[];
  /** Somebody has it open: a mounted file system, a swap area. */
  readonly open: boolean;
}

/** A group with what it stands on and what it is divided into; thin volumes are in the storages that hold them. */
export interface VolumeGroup {
  readonly name: string;
  readonly physical: PhysicalVolume[];
  readonly logical: LogicalVolume[];
}

/** LVM of one node. */
export interface NodeLvm {
  readonly groups: VolumeGroup[];
  /** Paths that are prepared and belong to no group yet. */
  readonly loose: Set<string>;
}

/** Extents that a volume takes, the hidden ones of a pool included. */
export function takenBy({ extents, metadata, spare }: LogicalVolume): number {
  return extents + metadata + spare;
}

export function totalExtents({ physical }: VolumeGroup): number {
  return physical.reduce((sum, { extents }) => sum + extents, 0);
}

export function freeExtents(group: VolumeGroup): number {
  return totalExtents(group) - group.logical.reduce((sum, volume) => sum + takenBy(volume), 0);
}

/** Whole extents on a device of so many bytes: the first mebibyte is LVM's own. */
export function extentsOn(bytes: number): number {
  return Math.floor((bytes - 2 ** 20) / EXTENT);
}
