import { randomUUID } from "node:crypto";
import { devicePath } from "../block-devices.ts";
import type { Disk } from "../hardware.ts";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { Print } from "../tasks.ts";
import type { World } from "../world.ts";
import { assertReachable } from "./assert-ceph.ts";
import type { CephCluster, CephOsd } from "./ceph-cluster.ts";
import { setIn, setUp } from "./daemons.ts";
import { addressIn } from "./local-address.ts";
import { printCreation } from "./osd-log.ts";

const EXTENT = 4 * 2 ** 20;

/** The unused disk behind a path; throws at once what creating an OSD on it is refused with. */
export function checkOsd(node: NodeState, device: string): Disk {
  assertReachable(node);
  const path = devicePath(node, device);
  const disk = node.hardware.disks.find((each) => each.path === path);
  if (!disk) throw new PveError("not a valid block device");
  if (disk.used !== undefined) throw new PveError(`device '${device}' is already in use`);
  return disk;
}

/**
 * Creates an OSD on a whole disk with ceph-volume; prints what the worker prints, takes about 6 s of lab time. Never recorded: order and
 * texts are those of pve-manager's and ceph-volume's public sources.
 */
export async function createOsd(
  world: World,
  node: NodeState,
  device: string,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const disk = checkOsd(node, device);
  node.ceph.linked = true;
  const { ceph } = node.database;
  // ceph-volume marks the disk before anything else, so a second call meanwhile finds it in use.
  disk.used = "LVM";
  const id = nextId(ceph);
  const osd = newOsd(world, node, disk, id);
  ceph.osds.push(osd);
  await printCreation(world, osd, disk, print, (ms) => world.clock.sleep(ms, signal));
  osd.running = true;
  setIn(world, ceph, osd, true);
  await world.clock.sleep(1500, signal);
  if (osd.running) setUp(world, ceph, osd, true);
}

/** The change of state alone: an OSD that is up and in. */
export function addOsd(world: World, node: NodeState, device: string): CephOsd {
  const disk = checkOsd(node, device);
  const { ceph } = node.database;
  disk.used = "LVM";
  const osd = newOsd(world, node, disk, nextId(ceph));
  ceph.osds.push(osd);
  osd.running = true;
  setIn(world, ceph, osd, true);
  setUp(world, ceph, osd, true);
  return osd;
}

/** The OSD with that id; throws what every call about an unknown one says. */
export function findOsd(ceph: CephCluster, id: number): CephOsd {
  const osd = ceph.osds.find((each) => each.id === id);
  if (osd) return osd;
  throw new PveError(`no such OSD '${id}'`);
}

/** Throws at once what destroying an OSD is refused with: it must be out and down. */
export function checkDestroyOsd(ceph: CephCluster, id: number): CephOsd {
  const osd = findOsd(ceph, id);
  if (osd.in) throw new PveError("osd is in use (in == 1)");
  if (osd.up) throw new PveError("osd is still running (up == 1)");
  return osd;
}

/** Removes an OSD; with `cleanup` its disk is free again, else its volume stays on it. */
export function destroyOsd(world: World, node: NodeState, id: number, cleanup: boolean, print: Print): void {
  const { ceph } = node.database;
  const osd = checkDestroyOsd(ceph, id);
  print(`destroy OSD osd.${id}\nRemove osd.${id} from the CRUSH map\nRemove the osd.${id} authentication key.\n`);
  print(`Remove OSD osd.${id}\n`);
  ceph.osds.splice(ceph.osds.indexOf(osd), 1);
  ceph.epochs.osdmap += 2;
  if (!cleanup) return;
  const disk = world.nodes.get(osd.node)?.hardware.disks.find((each) => each.path === osd.device);
  if (disk) disk.used = undefined;
  print(`wipe disk/partition: ${osd.device}\n`);
}

function newOsd(world: World, node: NodeState, disk: Disk, id: number): CephOsd {
  return {
    id,
    node: node.name,
    address: addressIn(node, node.database.ceph.config?.publicNetwork),
    device: disk.path,
    // The volume takes whole extents; LVM keeps the first megabyte.
    size: Math.floor((disk.size - 2 ** 20) / EXTENT) * EXTENT,
    deviceClass: disk.type,
    fsid: randomUUID(),
    createdAt: world.clock.now(),
    ...{ running: false, up: false, in: false },
  };
}

function nextId(ceph: CephCluster): number {
  let id = 0;
  while (ceph.osds.some((osd) => osd.id === id)) id += 1;
  return id;
}
