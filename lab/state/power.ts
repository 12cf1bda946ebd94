import { formMembership, loseMembers } from "./membership.ts";
import type { NodeState } from "./node.ts";
import { bootGuests, loseGuests, startOnboot, stopGuests } from "./node-guests.ts";
import { setProxy } from "./restart-proxy.ts";
import { after } from "./schedule.ts";
import { markStarted, markStopped } from "./vm-power.ts";
import type { World } from "./world.ts";

/** Lab milliseconds from power to a listening pveproxy, and from there to quorum. */
const BOOT_MS = 6000;
const QUORUM_MS = 1500;

/** Cuts the power: sockets die, the others notice after some seconds. */
export function cutPower(world: World, node: NodeState): void {
  if (node.power === "off") return;
  for (const hosted of hostedBy(world, node)) cutPower(world, hosted);
  loseGuests(world, node);
  turnOff(world, node);
  loseMembers(world);
}

/** Shuts the node down cleanly: corosync says goodbye, so the others know at once. */
export function shutDown(world: World, node: NodeState): void {
  if (node.power === "off") return;
  for (const hosted of hostedBy(world, node)) shutDown(world, hosted);
  stopGuests(node);
  turnOff(world, node);
  formMembership(world);
}

/** Gives power: services answer after 6 s of lab time, quorum comes 1.5 s later. */
export function powerOn(world: World, node: NodeState): void {
  if (node.power !== "off" || !node.installed) return;
  node.power = "booting";
  node.bootTime = world.clock.now();
  bootGuests(node);
  followHost(world, node);
  after(world, BOOT_MS, () => {
    if (node.power === "booting") answer(world, node);
  });
}

/** Lets nodes that live in machines follow the power of these. */
export function followMachines(world: World): void {
  world.events.on((event) => {
    if (event.type !== "machine") return;
    const node = world.nodes.get(event.node);
    if (node) (event.running ? powerOn : cutPower)(world, node);
  });
}

function hostedBy(world: World, host: NodeState): NodeState[] {
  return [...host.guests.values()].flatMap(({ hostedNode }) => world.nodes.get(hostedNode ?? "") ?? []);
}

/** The machine a node lives in is stopped when the node is, and runs when it does. */
function followHost(world: World, node: NodeState): void {
  for (const host of world.nodes.values()) {
    for (const guest of host.guests.values()) {
      if (guest.hostedNode !== node.name) continue;
      if (node.power === "off") markStopped(guest);
      else if (guest.status === "stopped") markStarted(world, host, guest);
    }
  }
}

function answer(world: World, node: NodeState): void {
  node.power = "on";
  world.events.emit({ type: "power", node: node.name, power: "on" });
  setProxy(world, node, "up");
  if (!node.database.corosync?.nodes.some((entry) => entry.name === node.name)) {
    startOnboot(world, node);
    return;
  }
  node.corosync.running = true;
  node.corosync.members = [node.name];
  after(world, QUORUM_MS, () => {
    formMembership(world);
    startOnboot(world, node);
  });
}

function turnOff(world: World, node: NodeState): void {
  node.power = "off";
  node.corosync.running = false;
  node.corosync.members = [];
  followHost(world, node);
  for (const task of node.tasks) if (task.exitstatus === undefined) task.stop();
  setProxy(world, node, "down");
  world.events.emit({ type: "power", node: node.name, power: "off" });
}
