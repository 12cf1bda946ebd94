import { findGuest } from "../guest-place.ts";
import type { NodeState } from "../node.ts";
import { startTask, type Task } from "../tasks.ts";
import { migrateVm } from "../vm-migrate.ts";
import { shutdownVm, startVm } from "../vm-power.ts";
import type { World } from "../world.ts";
import { type HaCluster, type HaLrm, type HaService, lrmOf } from "./ha-cluster.ts";
import { logHa } from "./ha-log.ts";

/** Lab milliseconds between two rounds of a local manager, and how long it stays active without services. */
const IDLE_ROUND_MS = 5000;
const ACTIVE_ROUND_MS = 10_000;
const IDLE_END_MS = 900_000;

/** One round of a node's local resource manager: it renews its lock and does what the services on its node need. */
export function runLocally(world: World, ha: HaCluster, node: NodeState): void {
  const lrm = lrmOf(ha, node.name);
  const now = world.clock.now();
  const log = (text: string) => logHa(world, ha, node.name, "pve-ha-lrm", text);
  const mine = [...ha.services.values()].filter((service) => service.node === node.name && service.state !== "freeze");
  lrm.at = now;
  followRequests(ha, node, lrm, log);
  if (lrm.state === "wait_for_agent_lock") {
    lrm.next = now + IDLE_ROUND_MS;
    const disarmed = ha.armed === "disarming" || ha.armed === "disarmed";
    const fenced = ha.nodeStatus.get(node.name) === "fence" || mine.some(({ state }) => state === "fence");
    if (disarmed || fenced || mine.length === 0) return;
    log(`successfully acquired lock 'ha_agent_${node.name}_lock'`);
    log("watchdog active");
    log("status change wait_for_agent_lock => active");
    lrm.state = "active";
  }
  lrm.next = now + ACTIVE_ROUND_MS;
  ha.agentLocks.set(node.name, now);
  rest(world, ha, node, lrm, mine.length, log);
  for (const service of mine) work(world, ha, node, service, log);
}

function followRequests(ha: HaCluster, node: NodeState, lrm: HaLrm, log: (text: string) => void): void {
  const wanted = ha.maintenance.has(node.name) ? "maintenance" : "active";
  if (wanted === lrm.mode) return;
  lrm.mode = wanted;
  if (lrm.mode === "maintenance") {
    log(`status change ${lrm.state} => maintenance`);
    lrm.state = "maintenance";
  } else if (lrm.state === "maintenance") {
    log("status change maintenance => active");
    lrm.state = "active";
  }
}

/** Without services for a quarter of an hour the lock is given back. */
function rest(world: World, ha: HaCluster, node: NodeState, lrm: HaLrm, services: number, log: (text: string) => void) {
  const now = world.clock.now();
  lrm.idleSince = services > 0 ? undefined : (lrm.idleSince ?? now);
  if (lrm.state !== "active" || lrm.idleSince === undefined || now - lrm.idleSince < IDLE_END_MS) return;
  log("node had no service configured for 90 rounds, going idle.");
  log("watchdog closed (disabled)");
  log("status change active => wait_for_agent_lock");
  lrm.state = "wait_for_agent_lock";
  ha.agentLocks.delete(node.name);
}

function work(world: World, ha: HaCluster, node: NodeState, service: HaService, log: (text: string) => void): void {
  const lrm = lrmOf(ha, node.name);
  const guest = findGuest(world, node, service.vmid);
  const { uid, sid, state } = service;
  if (guest?.node !== node || lrm.busy.has(sid)) return;
  const finish = (exitCode: number, told: string) => {
    lrm.busy.delete(sid);
    if (exitCode === 0) log(`service status ${sid} ${told}`);
    else log(`unable to ${told === "started" ? "start" : told} service ${sid}`);
    for (const [old, result] of lrm.results) if (result.sid === sid) lrm.results.delete(old);
    lrm.results.set(uid, { sid, state: told, exitCode });
  };
  const follow = (type: string, run: Parameters<typeof startTask>[3], told: string) => {
    lrm.busy.add(sid);
    const task = startTask(world, node, { type, id: String(service.vmid) }, run);
    if (type === "qmstart") log(`start VM ${service.vmid}: ${task.upid}`);
    log(`<root@pam> starting task ${task.upid}`);
    ended(task, () => {
      if (type === "qmstart" && guest.guest.pid !== undefined)
        log(`VM ${service.vmid} started with PID ${guest.guest.pid}.`);
      log(`<root@pam> end task ${task.upid} ${task.exitstatus ?? ""}`);
      finish(task.exitstatus === "OK" ? 0 : 1, told);
    });
  };
  if (state === "started") {
    if (guest.guest.status === "running") {
      if (!lrm.results.has(uid)) lrm.results.set(uid, { sid, state: "started", exitCode: 0 });
      return;
    }
    // A result for this piece of work is the manager's to judge first, unless the machine ended by itself since.
    if (lrm.results.has(uid) && lrm.results.get(uid)?.exitCode !== 0) return;
    log(`starting service ${sid}`);
    follow("qmstart", (print, signal) => startVm(world, node, guest.guest, print, signal), "started");
    return;
  }
  if (lrm.results.has(uid)) return;
  if (state === "request_stop") {
    if (guest.guest.status === "stopped") {
      lrm.results.set(uid, { sid, state: "stopped", exitCode: 0 });
      return;
    }
    log(`stopping service ${sid}`);
    const options = { timeout: 60, forceStop: true };
    follow("qmshutdown", (print, signal) => shutdownVm(world, node, guest.guest, options, print, signal), "stopped");
    return;
  }
  const target = world.nodes.get(service.target ?? "");
  if ((state !== "migrate" && state !== "relocate") || !target) return;
  const request = { target: target.name, online: state === "migrate", withLocalDisks: false };
  const live = guest.guest.status === "running";
  follow(
    "qmigrate",
    async (print, signal) => {
      if (state === "relocate" && live) {
        await shutdownVm(world, node, guest.guest, { timeout: 60, forceStop: true }, print, signal);
      }
      await migrateVm(world, node, guest.guest, target, request, print, signal);
    },
    state,
  );
}

function ended(task: Task, then: () => void): void {
  // A task's end never rejects.
  task.done.then(then, then);
}
