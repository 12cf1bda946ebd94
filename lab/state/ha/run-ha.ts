import type { ClusterDatabase } from "../cluster-database.ts";
import type { NodeState } from "../node.ts";
import { cutPower, powerOn } from "../power.ts";
import { writeState } from "../quorum.ts";
import { after } from "../schedule.ts";
import type { World } from "../world.ts";
import { LOCK_MS, manage } from "./crm.ts";
import { type HaCluster, lrmOf } from "./ha-cluster.ts";
import { logHa } from "./ha-log.ts";
import { runLocally } from "./lrm.ts";

/** Lab milliseconds: the lab's own beat, a local manager's first round after quorum, and what the watchdog allows without quorum. */
const BEAT_MS = 1000;
const FIRST_ROUND_MS = 3500;
const WATCHDOG_MS = 60_000;
/** How long a fresh stack takes to find its first master. */
const FIRST_MASTER_MS = 2500;

/** Lets the managers of a cluster work from now on; once is enough. */
export function wakeHa(world: World, database: ClusterDatabase): void {
  const { ha } = database;
  if (ha.awakeSince !== undefined) return;
  ha.awakeSince = world.clock.now();
  beat(world, database);
}

function beat(world: World, database: ClusterDatabase): void {
  const members = [...world.nodes.values()].filter((node) => node.database === database);
  for (const node of members) step(world, database.ha, node);
  for (const node of members) {
    const seen = members.some((other) => isReady(other) && other.corosync.members.includes(node.name));
    if (seen) database.ha.leftAt.delete(node.name);
    else if (!database.ha.leftAt.has(node.name)) database.ha.leftAt.set(node.name, world.clock.now());
  }
  after(world, BEAT_MS, () => beat(world, database));
}

function step(world: World, ha: HaCluster, node: NodeState): void {
  const lrm = lrmOf(ha, node.name);
  const now = world.clock.now();
  if (!isReady(node)) {
    lrm.awake = false;
    if (node.power !== "on") {
      // What it was doing is gone with its memory; the status file keeps the last word.
      lrm.busy.clear();
      lrm.lostQuorumAt = undefined;
    } else watch(world, ha, node);
    return;
  }
  lrm.lostQuorumAt = undefined;
  if (!lrm.awake) {
    lrm.awake = true;
    lrm.next = now + (ha.awakeSince === now || now - (ha.awakeSince ?? 0) < BEAT_MS ? 0 : FIRST_ROUND_MS);
    if (lrm.at !== undefined && node.bootTime > lrm.at) {
      lrm.state = lrm.mode === "maintenance" ? "maintenance" : "wait_for_agent_lock";
      lrm.results.clear();
    }
  }
  elect(world, ha, node);
  if (ha.master === node.name && now >= ha.masterNext) manage(world, ha, node);
  if (now >= lrm.next) runLocally(world, ha, node);
}

/** The manager's lock outlives its holder by two minutes; then the first node that asks has it. */
function elect(world: World, ha: HaCluster, node: NodeState): void {
  const now = world.clock.now();
  const first = ha.master === undefined;
  if (first ? now - (ha.awakeSince ?? now) < FIRST_MASTER_MS : now - ha.masterAt < LOCK_MS) return;
  ha.master = node.name;
  ha.masterAt = now;
  ha.masterNext = now;
  ha.lastOnline.clear();
  logHa(world, ha, node.name, "pve-ha-crm", "successfully acquired lock 'ha_manager_lock'");
  logHa(world, ha, node.name, "pve-ha-crm", "watchdog active");
  logHa(world, ha, node.name, "pve-ha-crm", `status change ${first ? "wait_for_quorum" : "slave"} => master`);
  if (!first) return;
  const others = [...world.nodes.values()].filter((other) => other !== node && other.database === node.database);
  for (const other of others.filter(isReady)) {
    logHa(world, ha, other.name, "pve-ha-crm", "status change wait_for_quorum => slave");
  }
}

/** A node that lost its quorum while it holds its lock is reset by its watchdog after a minute. */
function watch(world: World, ha: HaCluster, node: NodeState): void {
  const lrm = lrmOf(ha, node.name);
  if (lrm.state === "wait_for_agent_lock" || writeState(node) === "busy") return;
  lrm.lostQuorumAt ??= world.clock.now();
  if (world.clock.now() - lrm.lostQuorumAt < WATCHDOG_MS) return;
  lrm.lostQuorumAt = undefined;
  cutPower(world, node);
  powerOn(world, node);
}

function isReady(node: NodeState): boolean {
  return node.power === "on" && node.database.corosync !== undefined && writeState(node) === "ok";
}
