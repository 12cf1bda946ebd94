import { wireOf } from "./bridges.ts";
import type { Guest } from "./guest.ts";
import { disksOf } from "./guest-disks.ts";
import { cardsOf } from "./guest-network.ts";
import { assertUnlocked } from "./guest-place.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { assertQuorum } from "./quorum.ts";
import type { Print } from "./task.ts";
import { nextPid } from "./tasks.ts";
import { applyPending } from "./vm-config.ts";
import { findVolume, storageOn } from "./volumes.ts";
import type { World } from "./world.ts";

/** Lab milliseconds: until QEMU runs, until an installed system answers, until it has shut itself down. */
const START_MS = { "9": 1900, "8.4": 3000 } as const;
const BOOT_MS = 9000;
const HALT_MS = 4000;

/** Starts a machine; throws what keeps it from starting. */
export async function startVm(
  world: World,
  node: NodeState,
  guest: Guest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  assertQuorum(node);
  assertUnlocked(guest);
  if (guest.status === "running") throw new PveError(`VM ${guest.vmid} already running`);
  applyPending(guest, node);
  await prepareStart(world, node, guest, print, signal);
  markStarted(world, node, guest);
  tellMachine(world, node, guest);
  guest.silentUntil = world.clock.now() + BOOT_MS;
}

/** The work of a start up to a QEMU that runs: volumes are there, bridges exist. A migration's target does the same. */
export async function prepareStart(
  world: World,
  node: NodeState,
  guest: Guest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  for (const { volid, storage } of disksOf(guest.config)) {
    if (storage === undefined) continue;
    storageOn(node, storage);
    if (!findVolume(node, volid)) throw new PveError(`volume '${volid}' does not exist`);
  }
  await world.clock.sleep(START_MS[world.dialect], signal);
  for (const { key, bridge } of cardsOf(guest)) {
    if (bridge === undefined || wireOf(world, node, bridge) !== undefined) continue;
    const script = world.dialect === "9" ? "/usr/libexec/qemu-server/pve-bridge" : "/var/lib/qemu-server/pve-bridge";
    print(`bridge '${bridge}' does not exist\n`, "err");
    print(
      `kvm: -netdev type=tap,id=${key},ifname=tap${guest.vmid}i${key.slice(3)},script=${script},downscript=${script}down,vhost=on: network script ${script} failed with status 6400\n`,
      "err",
    );
    throw new PveError("start failed: QEMU exited with code 1");
  }
}

/** The change of state alone; scenarios use it too. */
export function markStarted(world: World, node: NodeState, guest: Guest): void {
  guest.status = "running";
  guest.paused = false;
  guest.startedAt = world.clock.now();
  guest.pid = nextPid(node);
  guest.lostAt = undefined;
}

/** The change of state alone: nothing runs any more. */
export function markStopped(guest: Guest): void {
  guest.status = "stopped";
  guest.paused = false;
  guest.startedAt = undefined;
  guest.pid = undefined;
}

/** Pulls the machine's plug; a stopped machine is no error. */
export async function stopVm(world: World, node: NodeState, guest: Guest, signal: AbortSignal): Promise<void> {
  assertUnlocked(guest);
  if (guest.status === "stopped") return;
  await world.clock.sleep(900, signal);
  markStopped(guest);
  tellMachine(world, node, guest);
  applyPending(guest, node);
}

/** How a clean shutdown goes on when the system does not follow. */
export interface ShutdownOptions {
  /** Seconds, 60 by default. */
  readonly timeout?: number | undefined;
  /** Stops it hard at the end of that time. */
  readonly forceStop?: boolean | undefined;
}

/** Asks the system to shut down and waits; one without a system never answers. */
export async function shutdownVm(
  world: World,
  node: NodeState,
  guest: Guest,
  options: ShutdownOptions,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  assertUnlocked(guest);
  if (guest.status === "stopped") throw new PveError(`VM ${guest.vmid} not running`);
  const timeout = (options.timeout ?? 60) * 1000;
  const halts = guest.system !== undefined && guest.silentUntil <= world.clock.now();
  await world.clock.sleep(halts ? Math.min(HALT_MS, timeout) : timeout, signal);
  if (!halts || HALT_MS > timeout) {
    if (!options.forceStop) throw new PveError("VM quit/powerdown failed - got timeout");
    print("VM still running - terminating now with SIGTERM\n", "err");
    await world.clock.sleep(900, signal);
  }
  markStopped(guest);
  tellMachine(world, node, guest);
  applyPending(guest, node);
}

/** Starts the system again without ending QEMU: it is silent for as long as it boots. */
export function resetVm(world: World, guest: Guest): void {
  assertUnlocked(guest);
  if (guest.status === "stopped") throw new PveError(`VM ${guest.vmid} not running`);
  guest.silentUntil = world.clock.now() + BOOT_MS;
}

/** Its screen follows its power, and so does a node that lives in it. */
function tellMachine({ events }: World, node: NodeState, { vmid, hostedNode, status }: Guest): void {
  const running = status === "running";
  events.emit({ type: "guest", node: node.name, vmid, running });
  if (hostedNode !== undefined) events.emit({ type: "machine", node: hostedNode, running });
}
