import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { unitOf } from "./units.ts";

/** How the HA stack's daemons came up, and what they have told since, each line with the process that wrote it. */
export function haLines(world: World, node: NodeState): readonly JournalEntry[] {
  const told = node.database.ha.log
    .filter((line) => line.node === node.name)
    .map(({ at, unit, text }) => ({ at, unit, source: sourceOf(world, node, unit), text }));
  return [
    ...watchdogLines(world, node),
    ...startLines(world, node, "pve-ha-crm", "wait_for_quorum"),
    ...startLines(world, node, "pve-ha-lrm", "wait_for_agent_lock"),
    ...told,
  ];
}

function watchdogLines(world: World, node: NodeState): readonly JournalEntry[] {
  const unit = unitOf(world, node, "watchdog-mux");
  if (!unit?.pid) return [];
  const entry = { at: unit.since, unit: "watchdog-mux" };
  return [
    { ...entry, source: "systemd[1]", text: `Started ${unit.name} - ${unit.description}.` },
    { ...entry, source: `watchdog-mux[${unit.pid}]`, text: "Watchdog driver 'Software Watchdog', version 0" },
  ];
}

function startLines(
  world: World,
  node: NodeState,
  name: "pve-ha-crm" | "pve-ha-lrm",
  waiting: string,
): readonly JournalEntry[] {
  const unit = unitOf(world, node, name);
  if (!unit?.pid) return [];
  const line = (source: string, text: string): JournalEntry => ({ at: unit.since, unit: name, source, text });
  const own = sourceOf(world, node, name);
  return [
    line("systemd[1]", `Starting ${unit.name} - ${unit.description}...`),
    line(own, "starting server"),
    line(own, `status change startup => ${waiting}`),
    line("systemd[1]", `Started ${unit.name} - ${unit.description}.`),
  ];
}

function sourceOf(world: World, node: NodeState, unit: string): string {
  return `${unit}[${unitOf(world, node, unit)?.pid ?? 1}]`;
}
