import { createHash } from "node:crypto";
import type { Guest } from "./guest.ts";
import { isDriveKey, ownVolumes, parseDisk } from "./guest-disks.ts";
import { assertUnlocked } from "./guest-place.ts";
import type { NodeState } from "./node.ts";
import { parameterError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { Print } from "./task.ts";
import type { VmOptions } from "./vm-create.ts";
import { checkDrives, makeDrive } from "./vm-drives.ts";
import { NET_KEY, normaliseNet } from "./vm-values.ts";
import { dropVolume } from "./volumes.ts";
import type { World } from "./world.ts";

/** What a running machine takes over at once; everything else waits for the next start. */
const AT_ONCE =
  /^(?:name|description|onboot|startup|tags|protection|hookscript|shares|migrate_\w+|lock|net\d+|(?:scsi|virtio|sata)\d+|ide2|unused\d+)$/;

/** The file's exact text, pending section included. */
export function renderVmConfig({ config, pending, lock }: Guest): string {
  const lines = [...config, ...(lock === undefined ? [] : [["lock", lock] as const])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value}\n`);
  if (pending.size === 0) return lines.join("");
  const deleted = [...pending].filter(([, value]) => value === null).map(([key]) => key);
  const waiting = [...pending].flatMap(([key, value]) => (value === null ? [] : `${key}: ${value}\n`)).sort();
  const removal = deleted.length === 0 ? "" : `delete: ${deleted.join(",")}\n`;
  return `${lines.join("")}\n[PENDING]\n${removal}${waiting.join("")}`;
}

/** SHA-1 of the file, which a change may be conditioned on. */
export function vmDigest(guest: Guest): string {
  return createHash("sha1").update(renderVmConfig(guest)).digest("hex");
}

/** Changes a configuration: new values, keys to delete. On a running machine what cannot be plugged waits in `pending`. */
export function setVm(
  world: World,
  node: NodeState,
  guest: Guest,
  options: VmOptions,
  deletes: readonly string[],
  print: Print,
): void {
  assertQuorum(node);
  assertUnlocked(guest);
  for (const key of deletes) {
    if (options.has(key)) throw parameterError({ delete: `Cannot delete '${key}' and set it at the same time` });
  }
  checkDrives(node, options);
  for (const key of deletes) change(guest, key, null, node);
  for (const [key, value] of options) {
    if (isDriveKey(key)) change(guest, key, makeDrive(world, node, guest, key, value, print), node);
    else change(guest, key, NET_KEY.test(key) ? normaliseNet(key, value) : value, node);
  }
}

/** Takes the waiting changes over, as a start does. */
export function applyPending(guest: Guest, node: NodeState): void {
  for (const [key, value] of guest.pending) write(guest, key, value, node);
  guest.pending.clear();
}

function change(guest: Guest, key: string, value: string | null, node: NodeState): void {
  guest.pending.delete(key);
  if (guest.status === "stopped" || AT_ONCE.test(key)) write(guest, key, value, node);
  else if (value === null ? guest.config.has(key) : guest.config.get(key) !== value) guest.pending.set(key, value);
}

function write(guest: Guest, key: string, value: string | null, node: NodeState): void {
  const before = guest.config.get(key);
  if (value !== null) guest.config.set(key, value);
  else {
    guest.config.delete(key);
    if (before !== undefined) detach(guest, key, before, node);
  }
}

/** A disk that is taken out of the configuration stays as `unusedN`; taking that out removes the volume. */
function detach(guest: Guest, key: string, value: string, node: NodeState): void {
  const { volid, cdrom } = parseDisk(key, value);
  if (ownVolumes(guest.vmid, new Map([[key, value]])).length === 0) return;
  if (key.startsWith("unused") || cdrom) {
    dropVolume(node, volid);
    return;
  }
  let number = 0;
  while (guest.config.has(`unused${number}`)) number += 1;
  guest.config.set(`unused${number}`, volid);
}
