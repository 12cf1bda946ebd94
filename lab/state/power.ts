import { formMembership, loseMembers } from "./membership.ts";
import type { NodeState } from "./node.ts";
import { setProxy } from "./restart-proxy.ts";
import { after } from "./schedule.ts";
import type { World } from "./world.ts";

/** Lab milliseconds from power to a listening pveproxy, and from there to quorum. */
const BOOT_MS = 6000;
const QUORUM_MS = 1500;

/** Cuts the power: sockets die, the others notice after some seconds. */
export function cutPower(world: World, node: NodeState): void {
  if (node.power === "off") return;
  turnOff(world, node);
  loseMembers(world);
}

/** Shuts the node down cleanly: corosync says goodbye, so the others know at once. */
export function shutDown(world: World, node: NodeState): void {
  if (node.power === "off") return;
  turnOff(world, node);
  formMembership(world);
}

/** Gives power: services answer after 6 s of lab time, quorum comes 1.5 s later. */
export function powerOn(world: World, node: NodeState): void {
  if (node.power !== "off" || !node.installed) return;
  node.power = "booting";
  node.bootTime = world.clock.now();
  for (const guest of node.guests.values()) {
    guest.status = "stopped";
    guest.startedAt = undefined;
  }
  after(world, BOOT_MS, () => {
    if (node.power === "booting") answer(world, node);
  });
}

function answer(world: World, node: NodeState): void {
  node.power = "on";
  world.events.emit({ type: "power", node: node.name, power: "on" });
  setProxy(world, node, "up");
  if (!node.database.corosync?.nodes.some((entry) => entry.name === node.name)) return;
  node.corosync.running = true;
  node.corosync.members = [node.name];
  after(world, QUORUM_MS, () => formMembership(world));
}

function turnOff(world: World, node: NodeState): void {
  node.power = "off";
  node.corosync.running = false;
  node.corosync.members = [];
  for (const task of node.tasks) if (task.exitstatus === undefined) task.stop();
  setProxy(world, node, "down");
  world.events.emit({ type: "power", node: node.name, power: "off" });
}
