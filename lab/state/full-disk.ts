import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { World } from "./world.ts";

/**
 * A node whose root is full: the database behind /etc/pve (SQLite, on that root) takes no more writes, and no worker can be entered among the active
 * ones. The texts are those of Proxmox's public sources; they were never recorded.
 */
const FILES: readonly (readonly [RegExp, string])[] = [
  [/^\/cluster\/sdn\/vnets\/[^/]+\/subnets/, "sdn/subnets.cfg"],
  [/^\/cluster\/sdn\/(zones|vnets|controllers)/, "sdn/$1.cfg"],
  [/^\/cluster\/ha\/(resources|groups|rules)/, "ha/$1.cfg"],
  [/^\/storage/, "storage.cfg"],
  [/^\/nodes\/([^/]+)\/qemu\/(\d+)\/config/, "nodes/$1/qemu-server/$2.conf"],
];

/** Throws what a changing call to this path meets where the file behind it cannot be written. */
export function assertRoomFor(world: World, node: NodeState, path: string): void {
  if (!world.faults.diskFull.has(node.name)) return;
  for (const [pattern, file] of FILES) {
    const found = pattern.exec(path);
    if (found === null) continue;
    const name = file.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? "");
    throw new PveError(`unable to open file '/etc/pve/${name}.tmp.${node.nextPid}' - Input/output error`);
  }
}

/** Throws what ends a worker there. An upload gets as far as its copy (recorded). */
export function assertRoomForTask(world: World, node: NodeState, type: string): void {
  if (type === "imgcopy" || !world.faults.diskFull.has(node.name)) return;
  throw new PveError("close (rename) atomic file '/var/log/pve/tasks/active' failed: No space left on device");
}
