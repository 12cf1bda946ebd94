import { dateTime } from "./date-time.ts";
import { type Guest, guestMemory, guestMemoryTouched } from "./guest.ts";
import { moveGuest } from "./guest-place.ts";
import { planMemoryCopy } from "./memory-copy.ts";
import { localDisks, type MigrationRequest, missingStorages } from "./migration-check.ts";
import { type MigrationWay, migrationWay } from "./migration-network.ts";
import type { NodeState } from "./node.ts";
import { errorText, PveError } from "./pve-error.ts";
import type { Print } from "./task.ts";
import { startTask } from "./tasks.ts";
import { markStarted, prepareStart } from "./vm-power.ts";
import type { World } from "./world.ts";

/** Writes one line of a migration's log, with its date. */
type Log = (text: string) => void;

/**
 * Moves a machine to another node, as the worker does: a running one has its memory copied while it runs, pauses for some milliseconds, and
 * goes on over there with a new process. About 7 s of lab time, plus a second for every 112 MiB that it ever wrote.
 */
export async function migrateVm(
  world: World,
  node: NodeState,
  guest: Guest,
  target: NodeState,
  request: MigrationRequest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const begun = world.clock.now();
  const log: Log = (text) => print(`${dateTime(world.clock.now())} ${text}\n`);
  const live = guest.status === "running";
  if (request.online && !live) print("VM isn't running. Doing offline migration instead.\n", "err");
  try {
    guest.lock = "migrate";
    reach(world, target, log);
    if (live && world.dialect === "9") {
      log("conntrack state migration not supported or disabled, active connections might get dropped");
    }
    const way = migrationWay(target);
    if (way.dedicated) log(`use dedicated network address for sending migration traffic (${way.address})`);
    log(`starting migration of VM ${guest.vmid} to node '${target.name}' (${way.address})`);
    checkVolumes(node, target, guest, request, live, log);
    if (live) await moveRunning(world, guest, target, way, request.bytesPerSecond, log, signal);
    else await world.clock.sleep(800, signal);
    moveGuest(node, target, guest);
    guest.lock = undefined;
    await world.clock.sleep(live ? 2500 : 300, signal);
    log(`migration finished successfully (duration ${duration(world.clock.now() - begun)})`);
  } catch (error) {
    if (guest.lock === "migrate") guest.lock = undefined;
    log(`ERROR: migration aborted (duration ${duration(world.clock.now() - begun)}): ${errorText(error)}`);
    throw new PveError("migration aborted");
  }
}

function reach(world: World, target: NodeState, log: Log): void {
  if (target.power === "on" && !world.faults.sshRefused.has(target.name)) return;
  const { name, address } = target;
  log(
    `# /usr/bin/ssh -e none -o 'BatchMode=yes' -o 'HostKeyAlias=${name}' -o 'UserKnownHostsFile=/etc/pve/nodes/${name}/ssh_known_hosts' -o 'GlobalKnownHostsFile=none' root@${address} /bin/true`,
  );
  log(`ssh: connect to host ${address} port 22: ${target.power === "on" ? "Connection refused" : "No route to host"}`);
  throw new PveError("Can't connect to destination address using public key");
}

/** What is not on a shared storage stays behind: the lab copies no disks over the network. */
function checkVolumes(
  node: NodeState,
  target: NodeState,
  guest: Guest,
  request: MigrationRequest,
  live: boolean,
  log: Log,
): void {
  const [missing] = missingStorages(target, guest);
  if (missing !== undefined) throw new PveError(`storage '${missing}' is not available on node '${target.name}'`);
  const local = localDisks(node, guest);
  if (local.length === 0) return;
  for (const { volid, cdrom } of local) {
    if (cdrom) log(`can't migrate local disk '${volid}': local cdrom image`);
    else if (live && !request.withLocalDisks)
      log(
        `can't migrate local disk '${volid}': can't live migrate attached local disks without with-local-disks option`,
      );
    else log(`can't migrate local disk '${volid}': constat-lab copies no local disks`);
  }
  log("aborting phase 1 - cleanup resources");
  throw new PveError("Problem found while scanning volumes - can't migrate VM - check log");
}

async function moveRunning(
  world: World,
  guest: Guest,
  target: NodeState,
  way: MigrationWay,
  limit: number | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const { vmid } = guest;
  log(`starting VM ${vmid} on remote node '${target.name}'`);
  const remote = startTask(world, target, { type: "qmstart", id: String(vmid) }, (print, stopped) =>
    prepareStart(world, target, guest, print, stopped),
  );
  await remote.done;
  signal.throwIfAborted();
  if (remote.exitstatus !== "OK") {
    for (const line of remote.output.split("\n").filter(Boolean)) log(`[${target.name}] ${line}`);
    log(`[${target.name}] ${remote.exitstatus ?? ""}`);
    log("ERROR: online migrate failure - remote command failed with exit code 255");
    log("aborting phase 2 - cleanup resources");
    log("migrate_cancel");
    throw new PveError("remote command failed with exit code 255");
  }
  log("start remote tunnel");
  await world.clock.sleep(900, signal);
  log("ssh tunnel ver 1");
  const uri = way.insecure ? `tcp:${way.address}:60000` : `unix:/run/qemu-server/${vmid}.migrate`;
  await copyMemory(world, guest, target, uri, limit, log, signal);
  markStarted(world, target, guest);
}

async function copyMemory(
  world: World,
  guest: Guest,
  target: NodeState,
  uri: string,
  limit: number | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const total = guestMemory(guest) + 16.8 * 2 ** 20;
  log(`starting online/live migration on ${uri}`);
  log("set migration capabilities");
  log("migration downtime limit: 100 ms");
  log(`migration cachesize: ${bytes(cacheSize(guestMemory(guest)))}`);
  log("set migration parameters");
  log(`start migrate command to ${uri}`);
  const copy = planMemoryCopy(guestMemoryTouched(guest), limit);
  const begun = world.clock.now();
  for (const { transferred, speed } of copy.rounds) {
    await world.clock.sleep(1000, signal);
    if (target.power !== "on") return lostTarget(log);
    log(`migration active, transferred ${bytes(transferred)} of ${bytes(total)} VM-state, ${bytes(speed)}/s`);
  }
  guest.paused = true;
  try {
    await world.clock.sleep(copy.downtimeMs, signal);
  } finally {
    guest.paused = false;
  }
  const seconds = Math.max(1, Math.round((world.clock.now() - begun) / 1000));
  log(`average migration speed: ${bytes(total / seconds)}/s - downtime ${copy.downtimeMs} ms`);
  log(`migration completed, transferred ${bytes(copy.transferred)} VM-state`);
  log("migration status: completed");
}

function lostTarget(log: Log): never {
  log("migration status error: failed - Unable to write to socket: Broken pipe");
  log("ERROR: online migrate failure - aborting");
  log("aborting phase 2 - cleanup resources");
  log("migrate_cancel");
  throw new PveError("online migrate failure - aborting");
}

/** A tenth of the memory, rounded up to a power of two. */
function cacheSize(memory: number): number {
  return 2 ** Math.ceil(Math.log2(Math.floor(memory / 10)));
}

/** "208.8 MiB", "4.0 GiB" */
function bytes(count: number): string {
  const unit = count >= 2 ** 30 ? "GiB" : "MiB";
  return `${(count / (unit === "GiB" ? 2 ** 30 : 2 ** 20)).toFixed(1)} ${unit}`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
