import type { StorageDefinition } from "../cluster-database.ts";
import type { NodeState } from "../node.ts";
import type { Volume } from "../volume.ts";
import { volumesIn } from "../volumes.ts";
import { EXTENT, type LogicalVolume, totalExtents, type VolumeGroup } from "./volume-group.ts";

/** A thin pool with the volumes in it. */
export interface ThinPool {
  readonly group: VolumeGroup;
  readonly volume: LogicalVolume;
  /** Bytes. */
  readonly size: number;
  readonly used: number;
  readonly metadataSize: number;
  readonly metadataUsed: number;
  readonly volumes: readonly Volume[];
}

/** The thin pools of a node. */
export function thinPools(node: NodeState): ThinPool[] {
  return node.lvm.groups.flatMap((group) =>
    group.logical.filter(({ type }) => type === "thin-pool").map((volume) => poolOf(node, group, volume)),
  );
}

/** The pool that a storage of type lvmthin stands on; undefined where the node has none. */
export function poolBehind(node: NodeState, storage: StorageDefinition): ThinPool | undefined {
  const { vgname, thinpool } = storage.properties;
  return thinPools(node).find(({ group, volume }) => group.name === vgname && volume.name === thinpool);
}

/** LVM's warnings when the thin volumes together exceed what there is, the new ones included; no line for a pool that holds them. */
export function overcommitWarnings(
  {
    group,
    volume,
    size,
    volumes,
  }: Pick<ThinPool, "group" | "volume" | "size"> & { readonly volumes: readonly { readonly size: number }[] },
  format: (bytes: number) => string,
): string[] {
  const sum = volumes.reduce((total, each) => total + each.size, 0);
  if (sum <= size) return [];
  const whole = totalExtents(group) * EXTENT;
  const beyond = sum > whole ? ` and the size of whole volume group (${format(whole)})` : "";
  return [
    `  WARNING: Sum of all thin volume sizes (${format(sum)}) exceeds the size of thin pool ${group.name}/${volume.name}${beyond === "" ? ` (${format(size)})` : beyond}.\n`,
    "  WARNING: You have not turned on protection against thin pools running out of space.\n",
    "  WARNING: Set activation/thin_pool_autoextend_threshold below 100 to trigger automatic extension of thin pools before they get full.\n",
  ];
}

function poolOf(node: NodeState, group: VolumeGroup, volume: LogicalVolume): ThinPool {
  const storages = node.database.storages.filter(
    ({ type, properties }) =>
      type === "lvmthin" && properties["vgname"] === group.name && properties["thinpool"] === volume.name,
  );
  const volumes = storages.flatMap((storage) => volumesIn(node, storage));
  const size = volume.extents * EXTENT;
  const used = Math.min(
    size,
    volumes.reduce((sum, each) => sum + each.used, 0),
  );
  const metadataSize = volume.metadata * EXTENT;
  // A pool's metadata grows with its chunks: 1.58 % of 1 GiB when empty, as recorded.
  return {
    group,
    volume,
    size,
    used,
    metadataSize,
    metadataUsed: Math.min(metadataSize, 16.97e6 + used * 0.0011),
    volumes,
  };
}
