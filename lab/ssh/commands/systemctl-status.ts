import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import { journalDate, systemdDate, systemdSpan } from "../dates.ts";
import { journalOf } from "./journal.ts";
import type { Unit } from "./units.ts";

/** What `systemctl status UNIT` prints. */
export function statusText(world: World, node: NodeState, unit: Unit): string {
  const folder = world.dialect === "9" ? "/usr/lib/systemd/system" : "/lib/systemd/system";
  const corosync = unit.name === "corosync.service";
  const idle = unit.sub === "dead";
  const lines = [
    `${idle ? "○" : "●"} ${unit.name} - ${unit.description}`,
    `     Loaded: loaded (${folder}/${unit.name}; enabled; preset: enabled)`,
    ...(corosync ? ["    Drop-In: /etc/systemd/system/corosync.service.d", "             └─pve.conf"] : []),
    `     Active: ${activeText(world, unit)}`,
    ...(corosync && !node.database.corosync ? conditionLines(world, node) : []),
    ...(corosync
      ? ["       Docs: man:corosync", "             man:corosync.conf", "             man:corosync_overview"]
      : []),
    ...(unit.pid === undefined ? [] : processLines(unit)),
    "",
    ...lastLines(world, node, unit),
  ];
  return `${lines.join("\n")}\n`;
}

function activeText(world: World, unit: Unit): string {
  if (unit.sub === "dead") return "inactive (dead)";
  return `active (${unit.sub}) since ${systemdDate(unit.since)}; ${systemdSpan(world.clock.uptime(unit.since))} ago`;
}

function conditionLines(world: World, node: NodeState): readonly string[] {
  const at = node.bootTime + 8000;
  const verb = world.dialect === "9" ? "unmet" : "failed";
  return [
    `  Condition: start condition ${verb} at ${systemdDate(at)}; ${systemdSpan(world.clock.uptime(at))} ago`,
    "             └─ ConditionPathExists=/etc/corosync/corosync.conf was not met",
  ];
}

function processLines(unit: Unit): readonly string[] {
  const name = unit.command.split(" ")[0]?.split("/").at(-1) ?? unit.command;
  return [
    `   Main PID: ${unit.pid} (${name})`,
    "        CPU: 206ms",
    `     CGroup: /system.slice/${unit.name}`,
    `             └─${unit.pid} ${unit.command}`,
  ];
}

function lastLines(world: World, node: NodeState, unit: Unit): readonly string[] {
  const name = unit.name.replace(/\.service$/, "");
  return journalOf(world, node)
    .filter((entry) => entry.unit === name)
    .slice(-10)
    .map((entry) => `${journalDate(entry.at)} ${node.name} ${entry.source}: ${entry.text}`);
}
