import type { NodeState } from "./node.ts";
import { after } from "./schedule.ts";
import type { World } from "./world.ts";

/** From the loss of a member to the new membership, lab milliseconds (7 to 8 s on real nodes). */
const TOKEN_LOSS_MS = 7500;

/** A member was lost (power, links): the old picture stays for some seconds, writes are busy, then the rest forms a new membership. */
export function loseMembers(world: World): void {
  for (const node of clustered(world)) {
    if (!sameNames(partitionOf(world, node), node.corosync.members)) node.corosync.settling = true;
  }
  after(world, TOKEN_LOSS_MS, () => formMembership(world));
}

/** Every running corosync sees at once whom it can reach; whoever's picture changes moves to a new ring. */
export function formMembership(world: World): void {
  const done = new Set<string>();
  for (const node of clustered(world)) {
    if (done.has(node.name)) continue;
    const names = partitionOf(world, node);
    const members = names.flatMap((name) => world.nodes.get(name) ?? []);
    for (const member of members) done.add(member.name);
    const sequence = Math.max(...members.map((member) => member.corosync.ringSequence)) + 4;
    const changed = members.some((member) => !sameNames(member.corosync.members, names));
    // Members tell each other what they expect; the highest wins, so a returning node undoes `pvecm expected`.
    const expected = Math.max(...members.map((member) => member.corosync.expectedVotes));
    for (const member of members) {
      member.corosync.settling = false;
      if (!changed) continue;
      member.corosync.members = names;
      member.corosync.expectedVotes = expected;
      member.corosync.ringSequence = sequence;
      member.database.membersVersion += 1;
      world.events.emit({ type: "membership", node: member.name });
    }
  }
}

/** Whether two nodes reach each other on a corosync link. */
export function linkConnected(world: World, a: NodeState, b: NodeState, link: number): boolean {
  return [a, b].every((node) => node.corosync.running && !world.faults.cutLinks.has(`${node.name}:${link}`));
}

/** The ring id as `pvecm status` prints it: lowest node id, a dot, the sequence in hex. */
export function ringId(node: NodeState): string {
  const ids = (node.database.corosync?.nodes ?? [])
    .filter((entry) => node.corosync.members.includes(entry.name))
    .map((entry) => entry.nodeid);
  return `${Math.min(...ids)}.${node.corosync.ringSequence.toString(16)}`;
}

/** Names of the members that this node would see once things have settled, by node id. */
function partitionOf(world: World, node: NodeState): string[] {
  const config = node.database.corosync;
  if (!config) return [];
  return config.nodes
    .filter((entry) => {
      const other = world.nodes.get(entry.name);
      if (!other || other.database !== node.database || !other.corosync.running) return false;
      return other === node || config.linkNumbers.some((link) => linkConnected(world, node, other, link));
    })
    .sort((a, b) => a.nodeid - b.nodeid)
    .map((entry) => entry.name);
}

function clustered(world: World): NodeState[] {
  return [...world.nodes.values()].filter((node) => node.database.corosync && node.corosync.running);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
