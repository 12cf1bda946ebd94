import { bootDiskSize, type Guest, guestCores } from "../../state/guest.ts";
import { cardsOf } from "../../state/guest-network.ts";
import { vmOn } from "../../state/guest-place.ts";
import type { NodeState } from "../../state/node.ts";
import { PveError } from "../../state/pve-error.ts";
import { assertQuorum } from "../../state/quorum.ts";
import { startTask } from "../../state/tasks.ts";
import { resetVm, type ShutdownOptions, shutdownVm, startVm, stopVm } from "../../state/vm-power.ts";
import type { World } from "../../state/world.ts";
import { isTrue, type ParameterSchema, toNumber } from "../parameters.ts";
import { type ApiCall, indexRoute, type Route } from "../route.ts";
import { guestFigures, traffic } from "./guest-rows.ts";

const PATH = "/nodes/{node}/qemu/{vmid}/status";

const COMMON: ParameterSchema = { skiplock: { type: "boolean" }, timeout: { type: "integer", minimum: 0 } };
const STOP: ParameterSchema = { ...COMMON, keepActive: { type: "boolean" }, "overrule-shutdown": { type: "boolean" } };
const SHUTDOWN: ParameterSchema = { ...COMMON, keepActive: { type: "boolean" }, forceStop: { type: "boolean" } };

/** `/nodes/NODE/qemu/VMID/status`: what it does now, and what it is told to do. A managed machine is left to the HA stack. */
export const qemuStatusRoutes: readonly Route[] = [
  indexRoute(PATH, ["current", "start", "stop", "reset", "shutdown", "suspend", "resume", "reboot"], "subdir"),
  { method: "GET", path: `${PATH}/current`, relayed: true, handle: current },
  {
    method: "POST",
    path: `${PATH}/start`,
    relayed: true,
    parameters: { ...COMMON, machine: {}, "force-cpu": {}, "with-conntrack-state": { type: "boolean" } },
    handle: start,
  },
  { method: "POST", path: `${PATH}/stop`, relayed: true, parameters: STOP, handle: stop },
  { method: "POST", path: `${PATH}/shutdown`, relayed: true, parameters: SHUTDOWN, handle: shutdown },
  {
    method: "POST",
    path: `${PATH}/reboot`,
    relayed: true,
    parameters: { timeout: { type: "integer" } },
    handle: reboot,
  },
  {
    method: "POST",
    path: `${PATH}/reset`,
    relayed: true,
    parameters: { skiplock: { type: "boolean" } },
    handle: reset,
  },
];

function current({ world, node, params }: ApiCall) {
  const guest = vmOn(node, params["vmid"] ?? "");
  return vmStatus(world, node, guest);
}

/** Everything about a machine's present state, as `status/current` and `qm status --verbose` show it. */
export function vmStatus(world: World, node: NodeState, guest: Guest) {
  const { mem, maxmem, cpu, uptime, diskread: _, diskwrite: __, ...figures } = guestFigures(world, guest);
  const running = guest.status === "running";
  const hastate = world.guestManager?.stateOf(node, guest.vmid);
  const managed = world.guestManager?.isManaged(node, guest.vmid) ?? false;
  const qmpstatus = guest.paused ? "paused" : guest.status;
  const pressure = ["cpu", "io", "memory"].flatMap((kind) => [`pressure${kind}full`, `pressure${kind}some`]);
  return {
    ...figures,
    ...{ cpu, mem, maxmem, uptime, disk: 0, maxdisk: bootDiskSize(guest), cpus: guestCores(guest), qmpstatus },
    ha: { managed: managed ? 1 : 0, ...(hastate === undefined ? {} : { state: hastate }) },
    ...(guest.config.has("agent") ? { agent: 1 } : {}),
    ...(guest.lock === undefined ? {} : { lock: guest.lock }),
    ...(guest.config.has("serial0") ? { serial: 1 } : {}),
    ...(guest.config.has("tags") ? { tags: guest.config.get("tags") } : {}),
    ...(running ? { pid: guest.pid, nics: nics(guest, uptime) } : {}),
    ...(running && world.dialect === "9" ? Object.fromEntries(pressure.map((name) => [name, 0])) : {}),
  };
}

function nics(guest: Guest, uptime: number) {
  return Object.fromEntries(cardsOf(guest).map(({ key }) => [`tap${guest.vmid}i${key.slice(3)}`, traffic(uptime)]));
}

function start({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  assertQuorum(node);
  const { vmid } = guest;
  const manager = world.guestManager;
  if (manager?.isManaged(node, vmid)) {
    return startTask(world, node, { type: "hastart", id: String(vmid), user }, async (print) => {
      print(`Requesting HA start for VM ${vmid}\n`);
      manager.request(node, vmid, { type: "start" });
    }).upid;
  }
  const run = { type: "qmstart", id: String(vmid), user };
  return startTask(world, node, run, (print, signal) => startVm(world, node, guest, print, signal)).upid;
}

function stop({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  const managed = haStop({ world, node, user, params }, guest, 0);
  if (managed !== undefined) return managed;
  const run = { type: "qmstop", id: String(guest.vmid), user };
  return startTask(world, node, run, (_print, signal) => stopVm(world, node, guest, signal)).upid;
}

function shutdown({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  const timeout = toNumber(params["timeout"]);
  const managed = haStop({ world, node, user, params }, guest, timeout);
  if (managed !== undefined) return managed;
  const options: ShutdownOptions = { timeout, forceStop: isTrue(params["forceStop"]) };
  const run = { type: "qmshutdown", id: String(guest.vmid), user };
  return startTask(world, node, run, (print, signal) => shutdownVm(world, node, guest, options, print, signal)).upid;
}

function haStop({ world, node, user }: ApiCall, { vmid }: Guest, timeout: number | undefined): string | undefined {
  const manager = world.guestManager;
  if (!manager?.isManaged(node, vmid)) return undefined;
  return startTask(world, node, { type: "hastop", id: String(vmid), user }, async (print) => {
    print(`Requesting HA stop for VM ${vmid}\n`);
    manager.request(node, vmid, { type: "stop", timeout });
  }).upid;
}

function reboot({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  if (guest.status === "stopped") throw new PveError("VM is not running");
  const timeout = toNumber(params["timeout"]);
  const run = { type: "qmreboot", id: String(guest.vmid), user };
  return startTask(world, node, run, async (print, signal) => {
    await shutdownVm(world, node, guest, { timeout }, print, signal);
    await startVm(world, node, guest, print, signal);
  }).upid;
}

function reset({ world, node, user, params }: ApiCall): string {
  const guest = vmOn(node, params["vmid"] ?? "");
  const run = { type: "qmreset", id: String(guest.vmid), user };
  return startTask(world, node, run, async () => resetVm(world, guest)).upid;
}
