import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import { longSize } from "./lvm-size.ts";
import { overcommitWarnings, thinPools } from "./thin-pool.ts";
import { EXTENT, freeExtents, type LogicalVolume, type VolumeGroup } from "./volume-group.ts";

/** A volume with its group; throws LVM's own words for one that is not there. */
export function findVolumeIn(
  node: NodeState,
  name: string,
): { readonly group: VolumeGroup; readonly volume: LogicalVolume } {
  const [groupName = "", volumeName = ""] = name
    .replace(/^\/dev\/mapper\/pve-/, "pve/")
    .replace(/^\/dev\//, "")
    .split("/");
  const group = node.lvm.groups.find((each) => each.name === groupName);
  if (!group) throw new PveError(`  Volume group "${groupName}" not found\n  Cannot process volume group ${groupName}`);
  const volume = group.logical.find((each) => each.name === volumeName);
  if (!volume) throw new PveError(`  Failed to find logical volume "${groupName}/${volumeName}"`);
  return { group, volume };
}

/** Extents that a size asks for: "+8G" and "40G", or "+100%FREE" of the group. */
export function wantedExtents(group: VolumeGroup, volume: LogicalVolume, size: string): number {
  const [, plus = "", number = "0", unit = ""] = /^(\+?)(\d+(?:\.\d+)?)([a-zA-Z%]*)$/.exec(size) ?? [];
  const more = extentsOf(group, Number(number), unit);
  const wanted = plus === "" ? more : volume.extents + more;
  if (wanted <= 0)
    throw new PveError(`  Invalid argument for --size: ${size}\n  Error during parsing of command line.`);
  return wanted;
}

/** Gives a volume more extents at the lab second `now`, printing what lvextend prints; the file system on it is the caller's matter. */
export function extendVolume(
  node: NodeState,
  group: VolumeGroup,
  volume: LogicalVolume,
  wanted: number,
  now: number,
  print: (text: string) => void,
): void {
  const before = volume.extents;
  if (wanted <= before) {
    const length = `${wanted} extents`;
    throw new PveError(`  New size given (${length}) not larger than existing size (${before} extents)`);
  }
  assertFree(group, wanted - before);
  volume.past.push({ until: now, extents: before });
  volume.extents = wanted;
  const name = `${group.name}/${volume.name}${volume.type === "thin-pool" ? "_tdata" : ""}`;
  const told = (extents: number) => `${longSize(extents * EXTENT)} (${extents} extents)`;
  print(`  Size of logical volume ${name} changed from ${told(before)} to ${told(wanted)}.\n`);
  const pool = thinPools(node).find((each) => each.volume === volume);
  if (pool) for (const line of overcommitWarnings(pool, longSize)) print(line);
  print(`  Logical volume ${group.name}/${volume.name} successfully resized.\n`);
}

/** Gives a pool's metadata more extents. */
export function extendMetadata(
  group: VolumeGroup,
  volume: LogicalVolume,
  size: string,
  print: (text: string) => void,
): void {
  const { metadata: before } = volume;
  const wanted = before + extentsOf(group, Number(/\d+/.exec(size)?.[0] ?? 0), /[a-zA-Z]*$/.exec(size)?.[0] ?? "");
  assertFree(group, wanted - before);
  volume.metadata = wanted;
  const told = (extents: number) => `${longSize(extents * EXTENT)} (${extents} extents)`;
  print(
    `  Size of logical volume ${group.name}/${volume.name}_tmeta changed from ${told(before)} to ${told(wanted)}.\n`,
  );
  print(`  Logical volume ${group.name}/${volume.name}_tmeta successfully resized.\n`);
}

function assertFree(group: VolumeGroup, needed: number): void {
  const free = freeExtents(group);
  if (needed > free)
    throw new PveError(`  Insufficient free space: ${needed} extents needed, but only ${free} available`);
}

function extentsOf(group: VolumeGroup, number: number, unit: string): number {
  if (/^%FREE$/i.test(unit)) return Math.floor((freeExtents(group) * number) / 100);
  const bytes = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }[unit.charAt(0).toLowerCase()];
  return bytes === undefined ? number : Math.ceil((number * bytes) / EXTENT);
}
