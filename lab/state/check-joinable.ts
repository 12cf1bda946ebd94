import { isIP } from "node:net";
import type { Links } from "./links.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import type { Print } from "./tasks.ts";
import { findHost, type World } from "./world.ts";

/** Prints what keeps this node from joining, as a list; throws unless forced. */
export function checkJoinable(world: World, node: NodeState, links: Links, force: boolean, print: Print): void {
  const problems = [...localProblems(node), ...linkProblems(world, node, links)];
  if (problems.length === 0) return;
  print(`detected the following error(s):\n${problems.map((problem) => `* ${problem}\n`).join("")}`, "err");
  if (!force) throw new PveError("Check if node may join a cluster failed!");
  print("\nWARNING : detected error but forced to continue!\n\n", "err");
}

function localProblems(node: NodeState): string[] {
  const problems: string[] = [];
  if (node.database.corosync) {
    problems.push("authentication key '/etc/corosync/authkey' already exists");
    problems.push("cluster config '/etc/pve/corosync.conf' already exists");
  }
  if (node.guests.size > 0) problems.push("this host already contains virtual guests");
  if (node.corosync.running) problems.push("corosync is already running, is this node already in a cluster?!");
  return problems;
}

function linkProblems(world: World, node: NodeState, links: Links): string[] {
  const own = new Set(node.interfaces.map((nic) => nic.address));
  return Object.entries(links).flatMap(([link, address]) => {
    const ip = isIP(address) === 0 ? findHost(world, address)?.address : address;
    if (ip === undefined) {
      return `link${link}: cannot use '${address}': hostname lookup '${address}' failed - failed to get address info for: ${address}: Name or service not known\n`;
    }
    // The text itself ends in a newline, so an empty line follows it in the list.
    return own.has(ip) ? [] : `link${link}: cannot use IP '${ip}', not found on local node!\n`;
  });
}
