import type { GuestManager } from "../guest-manager.ts";
import { findGuest } from "../guest-place.ts";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import { assertQuorum } from "../quorum.ts";
import type { World } from "../world.ts";
import { resourceOf, sidOf } from "./ha-config.ts";
import { serviceState } from "./ha-status.ts";
import { blockedBy } from "./placement.ts";
import { wakeHa } from "./run-ha.ts";

/** Asks for a migration or a relocation; gives the services that a rule keeps off the target, in which case nothing is asked. */
export function requestMove(
  world: World,
  node: NodeState,
  verb: "migrate" | "relocate",
  given: string,
  target: string,
): readonly string[] {
  const { ha, corosync } = node.database;
  const { sid, vmid } = sidOf(given);
  resourceOf(node, given);
  assertQuorum(node);
  if (!corosync?.nodes.some(({ name }) => name === target)) throw new PveError(`no such cluster node '${target}'`);
  if (!findGuest(world, node, vmid)) throw new PveError(`resource '${sid}' does not exist in cluster`);
  const blocking = blockedBy(ha, sid, target);
  if (blocking.length === 0) ha.commands.push(`${verb} ${sid} ${target}`);
  return blocking;
}

/** The words in which a move against a rule is refused. */
export function refusal(sid: string, target: string, blocking: readonly string[]): string {
  const lines = blocking.map(
    (other) => `- resource '${other}' on target node '${target}' in negative affinity with resource '${sid}'\n`,
  );
  return `cannot migrate resource '${sid}' to node '${target}':\n\n${lines.join("")}`;
}

/** Asks a node into maintenance, or out of it. */
export function setMaintenance(world: World, node: NodeState, name: string, enabled: boolean): void {
  const { ha, corosync } = node.database;
  if (!corosync?.nodes.some((entry) => entry.name === name)) throw new PveError(`no such cluster node '${name}'`);
  assertQuorum(node);
  if (enabled) ha.maintenance.add(name);
  else ha.maintenance.delete(name);
  wakeHa(world, node.database);
}

/** Asks the stack to let go of every watchdog (version 9). */
export function disarmHa(world: World, node: NodeState, mode: "freeze" | "ignore"): void {
  const { ha } = node.database;
  assertQuorum(node);
  wakeHa(world, node.database);
  ha.disarmMode = mode;
  ha.armed = "disarming";
}

/** Arms a disarmed stack again. */
export function armHa(node: NodeState): void {
  const { ha } = node.database;
  assertQuorum(node);
  if (ha.armed !== "disarmed" && ha.armed !== "disarming") return;
  ha.armed = "armed";
  ha.masterNext = 0;
  // What was asked while disarmed is not done afterwards.
  ha.commands.length = 0;
  for (const service of ha.services.values()) {
    if (service.state !== "freeze") continue;
    service.running = false;
    const wished = ha.resources.find(({ sid }) => sid === service.sid)?.state ?? "started";
    service.state = wished === "stopped" || wished === "disabled" ? "request_stop" : "started";
  }
}

/** The stack as `qm` and the API meet it. */
export function haGuestManager(world: World): GuestManager {
  const has = (node: NodeState, vmid: number) => node.database.ha.resources.some((each) => each.vmid === vmid);
  return {
    isManaged: has,
    stateOf: (node, vmid) => (has(node, vmid) ? serviceState(node.database.ha, `vm:${vmid}`) : undefined),
    request(node, vmid, request) {
      const sid = `vm:${vmid}`;
      if (request.type === "migrate") {
        const blocking = requestMove(world, node, "migrate", sid, request.target);
        if (blocking.length === 0) return;
        const command = `command 'ha-manager migrate ${sid} ${request.target}' failed: exit code 2`;
        throw new PveError(`${refusal(sid, request.target, blocking)}${command}`);
      }
      // A start is a change of the configuration; a stop is a command, which the manager obeys in its next round.
      if (request.type === "start") resourceOf(node, sid).state = "started";
      else node.database.ha.commands.push(`stop ${resourceOf(node, sid).sid} 0`);
    },
  };
}
