import type { CorosyncConfig, CorosyncNode } from "./corosync.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";

/** What votequorum answers on one node. */
export interface QuorumView {
  readonly quorate: boolean;
  /** Entries of the nodelist that this node sees as members, by node id. */
  readonly members: readonly CorosyncNode[];
  readonly expectedVotes: number;
  readonly highestExpected: number;
  readonly totalVotes: number;
  /** Votes needed. */
  readonly quorum: number;
}

/** The quorum as that node sees it; undefined without a cluster, or when its corosync does not run. */
export function quorumOf(node: NodeState): QuorumView | undefined {
  const config = node.database.corosync;
  if (!config || !node.corosync.running) return undefined;
  const members = membersOf(config, node.corosync.members);
  const totalVotes = sumOfVotes(members);
  const { expectedVotes } = node.corosync;
  const quorum = votesNeeded(expectedVotes, totalVotes);
  return {
    quorate: totalVotes >= quorum,
    members,
    expectedVotes,
    highestExpected: expectedVotes,
    totalVotes,
    quorum,
  };
}

/** True when the node may write /etc/pve: always without a cluster, else with a majority. */
export function isQuorate(node: NodeState): boolean {
  if (!node.database.corosync) return true;
  return quorumOf(node)?.quorate ?? false;
}

/** What a write below /etc/pve meets: "ok", "busy" ("Device or resource busy") while members are being lost, "denied" ("Permission denied") without quorum. */
export function writeState(node: NodeState): "ok" | "busy" | "denied" {
  if (node.database.corosync && node.corosync.settling) return "busy";
  return isQuorate(node) ? "ok" : "denied";
}

/** Throws what every changing call says without quorum. */
export function assertQuorum(node: NodeState): void {
  if (!isQuorate(node)) throw new PveError("cluster not ready - no quorum?");
}

/** `pvecm expected`: a new value of expected votes, or the text corosync refuses it with. */
export function setExpectedVotes(nodes: Iterable<NodeState>, node: NodeState, expected: number): void {
  const view = quorumOf(node);
  if (!view) throw new PveError("Cannot initialize CMAP service");
  const needed = votesNeeded(expected, view.totalVotes);
  if (needed > view.totalVotes) throw new PveError("Unable to set expected votes: CS_ERR_INVALID_PARAM");
  const members = new Set(node.corosync.members);
  for (const other of nodes) {
    // The value travels to every member of the partition; it never falls below the votes present.
    if (members.has(other.name)) other.corosync.expectedVotes = Math.max(expected, view.totalVotes);
  }
}

/** The sum of the votes of a nodelist. */
export function sumOfVotes(nodes: readonly CorosyncNode[]): number {
  return nodes.reduce((sum, node) => sum + node.votes, 0);
}

function membersOf(config: CorosyncConfig, names: readonly string[]): CorosyncNode[] {
  return config.nodes.filter((entry) => names.includes(entry.name)).sort((a, b) => a.nodeid - b.nodeid);
}

function votesNeeded(expected: number, total: number): number {
  const majority = (votes: number) => Math.floor(votes / 2) + 1;
  return Math.max(majority(expected), majority(total));
}
