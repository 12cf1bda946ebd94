import { findGuest, moveGuest } from "../guest-place.ts";
import type { NodeState } from "../node.ts";
import { markStopped } from "../vm-power.ts";
import type { World } from "../world.ts";
import { type HaCluster, type HaService, lrmOf } from "./ha-cluster.ts";
import { logHa } from "./ha-log.ts";
import { manageService } from "./manage-service.ts";
import { chooseNode } from "./placement.ts";
import { changeState, newUid, onlineNodes, type Round } from "./round.ts";

/** Lab milliseconds: a round of the manager, how long a node is missed before it is fenced, and how long a lock outlives its holder. */
export const ROUND_MS = 10_000;
// A little less than the minute: rounds of the lab may come some milliseconds early.
const OFFLINE_MS = 59_500;
export const LOCK_MS = 120_000;

/** One round of the cluster resource manager on its master. */
export function manage(world: World, ha: HaCluster, master: NodeState): void {
  const round: Round = { world, ha, master, log: (text) => logHa(world, ha, master.name, "pve-ha-crm", text) };
  ha.masterAt = world.clock.now();
  ha.masterNext = Math.max(ha.masterNext + ROUND_MS, ha.masterAt);
  if (ha.armed === "standby") ha.armed = "armed";
  watchNodes(round);
  if (ha.armed === "disarming") disarm(round);
  if (ha.armed === "disarmed") {
    ha.commands.length = 0;
    return;
  }
  adopt(round);
  runCommands(round);
  fenceNodes(round);
  for (const service of ha.services.values()) manageService(round, service);
}

function watchNodes({ world, ha, master, log }: Round): void {
  const now = world.clock.now();
  for (const { name } of master.database.corosync?.nodes ?? []) {
    const before = ha.nodeStatus.get(name) ?? "unknown";
    const online = master.corosync.members.includes(name);
    if (online) ha.lastOnline.set(name, now);
    else if (!ha.lastOnline.has(name)) ha.lastOnline.set(name, now);
    if (before === "fence") continue;
    const resting = lrmOf(ha, name).mode === "maintenance";
    const status = !online ? "unknown" : resting ? "maintenance" : "online";
    ha.nodeStatus.set(name, status);
    if (status !== before) log(`node '${name}': state changed from '${before}' => '${status}'`);
  }
}

function adopt({ ha, world, master, log }: Round): void {
  for (const { sid, vmid, state = "started" } of ha.resources) {
    if (ha.services.has(sid) || state === "ignored") continue;
    const placed = findGuest(world, master, vmid);
    if (!placed) continue;
    log(`adding new service '${sid}' on node '${placed.node.name}'`);
    const service: HaService = {
      ...{ sid, vmid, node: placed.node.name, running: false, uid: newUid(), failures: 0 },
      state: state === "started" || state === "enabled" ? "request_start" : "request_stop",
    };
    ha.services.set(sid, service);
  }
  for (const [sid, service] of ha.services) {
    const known = ha.resources.find((each) => each.sid === sid);
    if (known !== undefined && known.state !== "ignored") continue;
    log(`removing stale service '${sid}' (${known === undefined ? "no config" : "ignored state requested"})`);
    ha.services.delete(service.sid);
  }
}

function runCommands(round: Round): void {
  const { ha, log } = round;
  for (const command of ha.commands.splice(0)) {
    const [verb = "", sid = "", target = ""] = command.split(" ");
    const service = ha.services.get(sid);
    const resource = ha.resources.find((each) => each.sid === sid);
    if (verb === "stop" && resource) {
      log(`got crm command: ${command}`);
      resource.state = "stopped";
    }
    if (!service || (verb !== "migrate" && verb !== "relocate")) continue;
    if (ha.nodeStatus.get(target) !== "online") {
      log(`crm command error - node not online: ${command}`);
      continue;
    }
    if (service.node === target || !["started", "stopped"].includes(service.state)) {
      log(`ignore crm command - service already on target node: ${command}`);
      continue;
    }
    log(`got crm command: ${command}`);
    service.maintenanceNode = undefined;
    const mode = service.state === "stopped" ? "relocate" : verb;
    log(`${mode} service '${sid}' to node '${target}'`);
    changeState(round, service, mode, target);
  }
}

function fenceNodes(round: Round): void {
  const { world, ha, log } = round;
  const now = world.clock.now();
  for (const [name, status] of ha.nodeStatus) {
    const here = [...ha.services.values()].filter((service) => service.node === name);
    if (status === "unknown" && here.length > 0 && now - (ha.lastOnline.get(name) ?? now) >= OFFLINE_MS) {
      for (const service of here) if (service.state !== "fence") changeState(round, service, "fence");
      log(`node '${name}': state changed from 'unknown' => 'fence'`);
      ha.nodeStatus.set(name, "fence");
    }
    if (ha.nodeStatus.get(name) !== "fence" || !lockIsFree(ha, name, now)) continue;
    ha.agentLocks.delete(name);
    log(`successfully acquired lock 'ha_agent_${name}_lock'`);
    log(`fencing: acknowledged - got agent lock for node '${name}'`);
    log(`node '${name}': state changed from 'fence' => 'unknown'`);
    ha.nodeStatus.set(name, "unknown");
    for (const service of here) changeState(round, service, "recovery");
  }
  for (const service of ha.services.values()) if (service.state === "recovery") recover(round, service);
}

/** A lock outlives its holder's last word in the membership by two minutes. */
function lockIsFree(ha: HaCluster, name: string, now: number): boolean {
  const renewed = ha.agentLocks.get(name);
  return renewed === undefined || now - Math.max(renewed, ha.leftAt.get(name) ?? 0) >= LOCK_MS;
}

function recover(round: Round, service: HaService): void {
  const { world, ha, master, log } = round;
  const target = chooseNode(ha, service, onlineNodes(ha), false);
  const placed = findGuest(world, master, service.vmid);
  const home = target === undefined ? undefined : world.nodes.get(target);
  if (!placed || !home || target === undefined) return;
  log(`recover service '${service.sid}' from fenced node '${service.node}' to node '${target}'`);
  if (placed.node !== home) {
    markStopped(placed.guest);
    placed.guest.lostAt = undefined;
    placed.guest.lock = undefined;
    moveGuest(placed.node, home, placed.guest);
  }
  service.node = target;
  service.running = false;
  const wished = ha.resources.find(({ sid }) => sid === service.sid)?.state ?? "started";
  changeState(round, service, wished === "stopped" || wished === "disabled" ? "request_stop" : "started");
}

function disarm({ ha, log }: Round): void {
  for (const service of ha.services.values()) {
    if (ha.disarmMode === "freeze") service.state = "freeze";
  }
  if (ha.disarmMode === "ignore") ha.services.clear();
  for (const [name, lrm] of ha.lrm) {
    if (lrm.state === "active") lrm.state = "wait_for_agent_lock";
    ha.agentLocks.delete(name);
  }
  ha.armed = "disarmed";
  log("disarmed: released CRM watchdog");
}
