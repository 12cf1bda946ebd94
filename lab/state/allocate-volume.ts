import type { StorageDefinition } from "./cluster-database.ts";
import { longSize } from "./lvm/lvm-size.ts";
import { overcommitWarnings, poolBehind } from "./lvm/thin-pool.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { Print } from "./task.ts";
import type { Volume } from "./volume.ts";
import { findVolume, keepVolume, volumePath, volumesIn } from "./volumes.ts";
import type { World } from "./world.ts";

/** What to make. */
export interface AllocationRequest {
  readonly vmid: number;
  /** Bytes. */
  readonly size: number;
  readonly format?: "raw" | "qcow2" | undefined;
  /** Name of the volume; the next free "vm-ID-disk-N" without one. */
  readonly name?: string | undefined;
}

/** Makes a disk image on a storage, printing what the tools behind it print; throws what refuses it. */
export function allocateVolume(
  world: World,
  node: NodeState,
  storage: StorageDefinition,
  request: AllocationRequest,
  print: Print,
): Volume {
  const { vmid, size } = request;
  if (!storage.content.includes("images")) throw new PveError(`storage '${storage.id}' does not support vm images`);
  const format = storage.type === "dir" ? (request.format ?? "raw") : "raw";
  if (storage.type !== "dir" && request.format === "qcow2") throw new PveError("unsupported format 'qcow2'");
  const name = request.name ?? freeName(node, storage, vmid, format);
  const volid = `${storage.id}:${storage.type === "dir" ? `${vmid}/${name}` : name}`;
  if (findVolume(node, volid)) throw new PveError(existsText(storage, volid));
  warnOfPool(node, storage, size, print);
  announce(storage, volid, format, size, print);
  const volume: Volume = { volid, content: "images", format, size, used: 0, vmid, ctime: world.clock.seconds() };
  keepVolume(node, storage, volume);
  return volume;
}

/** How long the storage takes for it, lab milliseconds. */
export function allocationDelay(storage: StorageDefinition): number {
  return storage.type === "rbd" ? 1900 : storage.type === "dir" ? 150 : 450;
}

function freeName(node: NodeState, storage: StorageDefinition, vmid: number, format: string): string {
  const taken = volumesIn(node, storage).map((volume) => volume.volid);
  const suffix = storage.type === "dir" ? `.${format}` : "";
  for (let number = 0; ; number += 1) {
    const stem = `vm-${vmid}-disk-${number}`;
    if (!taken.some((volid) => volid.includes(stem) && !/\d/.test(volid.charAt(volid.indexOf(stem) + stem.length)))) {
      return `${stem}${suffix}`;
    }
  }
}

function existsText(storage: StorageDefinition, volid: string): string {
  const name = volid.split(/[:/]/).at(-1) ?? "";
  switch (storage.type) {
    case "dir":
      return `disk image '${volumePath(storage, volid)}' already exists`;
    case "rbd":
      return `rbd create '${name}' error: rbd: create error: (17) File exists`;
    default:
      return `lvcreate '${storage.properties["vgname"] ?? ""}/${name}' error:   Logical Volume "${name}" already exists in volume group "${storage.properties["vgname"] ?? ""}"`;
  }
}

/** A thin pool takes any size; LVM only warns that it promises more than it has. */
function warnOfPool(node: NodeState, storage: StorageDefinition, size: number, print: Print): void {
  const pool = storage.type === "lvmthin" ? poolBehind(node, storage) : undefined;
  if (!pool) return;
  const added = { ...pool, volumes: [...pool.volumes, { size }] };
  for (const line of overcommitWarnings(added, longSize)) print(line, "err");
}

function announce(storage: StorageDefinition, volid: string, format: string, size: number, print: Print): void {
  if (storage.type === "dir") {
    const more =
      format === "qcow2" ? " cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib" : "";
    const tail =
      format === "qcow2" ? ` size=${size} lazy_refcounts=off refcount_bits=16` : ` size=${size} preallocation=off`;
    print(`Formatting '${volumePath(storage, volid)}', fmt=${format}${more}${tail}\n`);
    return;
  }
  if (storage.type === "lvmthin" || storage.type === "lvm") {
    print(`  Logical volume "${volid.slice(storage.id.length + 1)}" created.\n`);
  }
}
