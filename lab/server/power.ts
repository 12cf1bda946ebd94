import { cutPower, shutDown } from "../state/power.ts";
import { after } from "../state/schedule.ts";
import type { PhysicalServer, Program } from "../state/server.ts";
import { nodeOf, type World } from "../state/world.ts";
import { startSystem } from "./start-system.ts";

/** Lab milliseconds of a server's self-test: devices are known, then the boot begins. Real ones take two to six minutes. */
const DISCOVERY_MS = 25_000;
const POST_MS = 45_000;
const SHUTDOWN_MS = 8000;

/** What `ComputerSystem.Reset` can be asked for. */
export const RESET_TYPES = [
  ...["On", "ForceOff", "ForceOn", "ForceRestart", "GracefulRestart"],
  ...["GracefulShutdown", "PowerCycle", "PushPowerButton", "Nmi"],
] as const;
export type ResetType = (typeof RESET_TYPES)[number];

/** Changes a server's power. False when its present state does not allow that. */
export function resetServer(world: World, server: PhysicalServer, type: ResetType): boolean {
  const on = server.power === "On";
  switch (type) {
    case "On":
      if (on) return false;
      switchOn(world, server);
      return true;
    case "ForceOn":
      if (!on) switchOn(world, server);
      return true;
    case "ForceOff":
      if (!on) return false;
      switchOff(world, server);
      return true;
    case "PushPowerButton":
      if (on) gracefulOff(world, server, () => {});
      else switchOn(world, server);
      return true;
    case "GracefulShutdown":
      if (!on) return false;
      gracefulOff(world, server, () => {});
      return true;
    case "GracefulRestart":
      if (!on) return false;
      gracefulOff(world, server, () => switchOn(world, server));
      return true;
    case "ForceRestart":
    case "PowerCycle":
      if (!on) return false;
      switchOff(world, server);
      switchOn(world, server);
      return true;
    case "Nmi":
      return on;
  }
}

/** Gives power: self-test, then whatever is to boot. */
export function switchOn(world: World, server: PhysicalServer): void {
  server.era += 1;
  server.power = "On";
  server.post = "InPost";
  server.program = selfTest(server);
  applyPendingStorage(server);
  later(world, server, DISCOVERY_MS, () => {
    server.post = "InPostDiscoveryComplete";
  });
  later(world, server, POST_MS, () => {
    server.post = "FinishedPost";
    startSystem(world, server, () => {
      switchOff(world, server);
      switchOn(world, server);
    });
  });
}

/** Does something after so many lab milliseconds, unless the server was reset meanwhile. */
export function later(world: World, server: PhysicalServer, labMs: number, action: () => void): void {
  const { era } = server;
  after(world, labMs, () => {
    if (server.era === era) action();
  });
}

function switchOff(world: World, server: PhysicalServer): void {
  server.era += 1;
  server.power = "Off";
  server.post = "PowerOff";
  server.program = undefined;
  cutPower(world, nodeOf(world, server.node));
}

/** Without a system that listens to the button nothing happens. */
function gracefulOff(world: World, server: PhysicalServer, then: () => void): void {
  const node = nodeOf(world, server.node);
  if (node.power !== "on") return;
  later(world, server, SHUTDOWN_MS, () => {
    shutDown(world, node);
    switchOff(world, server);
    then();
  });
}

/** Settings of the older controllers take effect while the server starts. */
function applyPendingStorage({ raid }: PhysicalServer): void {
  if (raid.pendingDeletion === undefined) return;
  const wanted = raid.pendingDeletion;
  raid.pendingDeletion = undefined;
  if (raid.dataGuard === "Permissive") {
    raid.applied = ["SmartStorageMessage.1.0.Success"];
    return;
  }
  for (const id of wanted) raid.volumes.delete(id);
  raid.applied = ["SmartStorageMessage.1.0.Success"];
  raid.dataGuard = "Strict";
}

function selfTest(server: PhysicalServer): Program {
  const lines = [
    `${server.model}  (LAB)`,
    "",
    `System ROM Version: U46 v2.22   Serial Number: ${server.serial}`,
    "2 Processor(s) detected, 32 GB memory",
    "",
    "Early system initialization, please wait...",
    "Power and thermal calibration ... done",
    "PCI devices configuration ... done",
    `Initializing ${server.raid.model} ...`,
    "",
    "F9 System Utilities   F10 Intelligent Provisioning   F11 Boot Menu   F12 Network Boot",
  ];
  return { screen: () => ({ type: "text", lines, cursor: false }), key: () => {} };
}
