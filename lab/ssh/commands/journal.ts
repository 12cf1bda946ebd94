import { ringId } from "../../state/membership.ts";
import type { NodeState } from "../../state/node.ts";
import { isQuorate } from "../../state/quorum.ts";
import type { World } from "../../state/world.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { haLines } from "./journal-ha.ts";
import { unitOf } from "./units.ts";

/** The journal as far as the state tells it: how corosync, the cluster file system and the API came up, and the tasks since. Oldest first. */
export function journalOf(world: World, node: NodeState): readonly JournalEntry[] {
  return [
    ...corosyncLines(world, node),
    ...pmxcfsLines(world, node),
    ...daemonLines(world, node),
    ...taskLines(node),
    ...haLines(world, node),
  ].sort((a, b) => a.at - b.at);
}

function corosyncLines(world: World, node: NodeState): readonly JournalEntry[] {
  const unit = unitOf(world, node, "corosync");
  const config = node.database.corosync;
  const systemd = (at: number, text: string): JournalEntry => ({ at, unit: "corosync", source: "systemd[1]", text });
  if (!config) {
    const skipped = "ConditionPathExists=/etc/corosync/corosync.conf";
    const reason =
      world.dialect === "9"
        ? `skipped, unmet condition check ${skipped}`
        : `was skipped because of an unmet condition check (${skipped}).`;
    return [systemd(node.bootTime + 8000, `corosync.service - Corosync Cluster Engine ${reason}`)];
  }
  if (!unit?.pid) return [systemd(world.clock.now(), "Stopped corosync.service - Corosync Cluster Engine.")];
  const source = `corosync[${unit.pid}]`;
  const line = (text: string): JournalEntry => ({ at: unit.since, unit: "corosync", source, text: `  ${text}` });
  const own = config.nodes.find((entry) => entry.name === node.name);
  const members = config.nodes
    .filter((entry) => node.corosync.members.includes(entry.name))
    .map((entry) => entry.nodeid);
  const list = members.sort((a, b) => a - b).join(" ");
  return [
    line("[QB    ] server name: quorum"),
    ...Object.entries(own?.links ?? {}).flatMap(([link, address]) => [
      line(`[TOTEM ] Configuring link ${link}`),
      line(`[TOTEM ] Configured link number ${link}: local addr: ${address}, port=${5405 + Number(link)}`),
    ]),
    line("[KNET  ] link: Resetting MTU for link 0 because host 1 joined"),
    line(`[QUORUM] Sync members[${members.length}]: ${list}`),
    line(`[TOTEM ] A new membership (${ringId(node)}) was formed. Members joined: ${list}`),
    ...(isQuorate(node) ? [line("[QUORUM] This node is within the primary component and will provide service.")] : []),
    line(`[QUORUM] Members[${members.length}]: ${list}`),
    line("[MAIN  ] Completed service synchronization, ready to provide service."),
    systemd(unit.since, "Started corosync.service - Corosync Cluster Engine."),
  ];
}

function pmxcfsLines(world: World, node: NodeState): readonly JournalEntry[] {
  const unit = unitOf(world, node, "pve-cluster");
  const config = node.database.corosync;
  if (!unit || !config) return [];
  const at = (unitOf(world, node, "corosync")?.since ?? unit.since) + 5000;
  const line = (text: string): JournalEntry => ({ at, unit: "pve-cluster", source: `pmxcfs[${unit.pid}]`, text });
  return [
    line(`[status] notice: update cluster info (cluster name  ${config.name}, version = ${config.version})`),
    line(`[status] notice: node ${isQuorate(node) ? "has" : "lost"} quorum`),
    line("[status] notice: all data is up to date"),
  ];
}

function daemonLines(world: World, node: NodeState): readonly JournalEntry[] {
  return ["pvedaemon", "pveproxy", "pvestatd"].flatMap((name) => {
    const unit = unitOf(world, node, name);
    if (!unit?.pid) return [];
    const started = { at: unit.since, unit: name, source: `${name}[${unit.pid}]`, text: "starting server" };
    const text = `Started ${unit.name} - ${unit.description}.`;
    return [started, { at: unit.since, unit: name, source: "systemd[1]", text }];
  });
}

function taskLines(node: NodeState): readonly JournalEntry[] {
  return node.tasks.flatMap((task) => {
    const unit = /^cluster/.test(task.type) ? "pvecm" : "pvedaemon";
    const entry = (at: number, text: string): JournalEntry => ({
      at: at * 1000,
      unit,
      source: `${unit}[${task.pid}]`,
      text,
    });
    const start = entry(task.starttime, `<${task.user}> starting task ${task.upid}`);
    return task.endtime === undefined
      ? [start]
      : [start, entry(task.endtime, `<${task.user}> end task ${task.upid} ${task.exitstatus}`)];
  });
}
