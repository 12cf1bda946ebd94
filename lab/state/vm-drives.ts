import { allocateVolume } from "./allocate-volume.ts";
import type { Guest } from "./guest.ts";
import { formatSize, isDriveKey, parseSize } from "./guest-disks.ts";
import type { NodeState } from "./node.ts";
import { parseProperties } from "./property-string.ts";
import { PveError, parameterError } from "./pve-error.ts";
import type { Print } from "./task.ts";
import { renderDrive } from "./vm-values.ts";
import { findVolume, storageOn } from "./volumes.ts";
import type { World } from "./world.ts";

/** "ceph-vm:32", what asks for a new disk of so many GiB. */
const NEW_DISK = /^([^:/\s]+):(\d+(?:\.\d+)?)$/;

/** Throws, before any work, what keeps these drives from being made on the node: unknown storages, wrong content, absent images. */
export function checkDrives(node: NodeState, options: ReadonlyMap<string, string>): void {
  for (const [key, value] of options) {
    if (!isDriveKey(key)) continue;
    const drive = parseProperties(value, "file");
    const volid = drive.get("file") ?? "none";
    const storageId = /^([^:/]+):/.exec(volid)?.[1];
    if (storageId === undefined) continue;
    const storage = storageOn(node, storageId);
    const isNew = NEW_DISK.test(volid) || volid === `${storageId}:cloudinit`;
    if (isNew && !storage.content.includes("images")) {
      throw parameterError({ storage: `storage '${storageId}' does not support vm images` });
    }
    if (!isNew && !findVolume(node, volid)) throw new PveError(`volume '${volid}' does not exist`);
    const source = drive.get("import-from");
    if (source !== undefined) checkSource(node, key, source);
  }
}

function checkSource(node: NodeState, key: string, source: string): void {
  const exists = source.startsWith("/") ? node.files.has(source) : findVolume(node, source) !== undefined;
  if (exists) return;
  throw source.startsWith("/")
    ? new PveError(`cannot import from '${source}' - file does not exist`)
    : parameterError({ [key]: `volume '${source}' does not exist` });
}

/** Makes what a drive's value asks for and gives the value as the configuration keeps it. */
export function makeDrive(
  world: World,
  node: NodeState,
  guest: Guest,
  key: string,
  value: string,
  print: Print,
): string {
  const drive = parseProperties(value, "file");
  const volid = drive.get("file") ?? "none";
  const [, storageId, gib] = NEW_DISK.exec(volid) ?? [];
  if (storageId !== undefined) {
    const made = newDisk(world, node, guest, { key, storageId, gib: Number(gib), drive }, print);
    print(`${key}: successfully created disk '${made}'\n`);
    return made;
  }
  const cloudInit = /^([^:/]+):cloudinit$/.exec(volid)?.[1];
  if (cloudInit !== undefined) return newCloudInitDrive(world, node, guest, cloudInit, print);
  const known = findVolume(node, volid);
  if (known && !drive.has("size")) drive.set("size", formatSize(known.size));
  return renderDrive(volid, drive);
}

interface NewDisk {
  readonly key: string;
  readonly storageId: string;
  readonly gib: number;
  readonly drive: Map<string, string>;
}

function newDisk(world: World, node: NodeState, guest: Guest, wanted: NewDisk, print: Print): string {
  const { key, storageId, gib, drive } = wanted;
  const storage = storageOn(node, storageId);
  const source = drive.get("import-from");
  const size = source === undefined ? sizeOf(key, gib) : sourceSize(node, source);
  const format = drive.get("format") === "qcow2" ? "qcow2" : undefined;
  const volume = allocateVolume(world, node, storage, { vmid: guest.vmid, size, format }, print);
  if (source !== undefined) {
    volume.used = size * 0.6;
    const total = `${(size / 2 ** 30).toFixed(1)} GiB`;
    print(`transferred 0.0 B of ${total} (0.00%)\ntransferred ${total} of ${total} (100.00%)\n`);
    // What is imported is an image with a system on it: from now on the guest answers, once it has booted. Debian's has no agent.
    guest.system ??= {
      hostname: guest.config.get("name") ?? "localhost",
      addresses: new Map(),
      cloudInit: true,
      agent: false,
    };
  }
  drive.set("size", formatSize(size));
  return renderDrive(volume.volid, drive);
}

/** The firmware's and the TPM's volumes have sizes of their own, whatever is asked. */
function sizeOf(key: string, gib: number): number {
  if (key === "efidisk0" || key === "tpmstate0") return parseSize("4M");
  return Math.round(gib * 2 ** 30);
}

function sourceSize(node: NodeState, source: string): number {
  return findVolume(node, source)?.size ?? 2 * 2 ** 30;
}

function newCloudInitDrive(world: World, node: NodeState, guest: Guest, storageId: string, print: Print): string {
  const storage = storageOn(node, storageId);
  const suffix = storage.type === "dir" ? ".qcow2" : "";
  const request = { vmid: guest.vmid, size: parseSize("4M"), name: `vm-${guest.vmid}-cloudinit${suffix}` };
  const { volid } = allocateVolume(world, node, storage, request, print);
  return renderDrive(volid, new Map([["media", "cdrom"]]));
}
