import { ringId } from "../../state/membership.ts";
import type { NodeState } from "../../state/node.ts";
import { type QuorumView, quorumOf } from "../../state/quorum.ts";
import type { World } from "../../state/world.ts";
import { dateText } from "../dates.ts";

/** How members are named: by link address with hexadecimal ids (`pvecm status`), or by name with decimal ones (corosync's own tool). */
export type Naming = "addresses" | "names";

/** The three blocks about the quorum; undefined when corosync does not answer. */
export function quorumReport(world: World, node: NodeState, naming: Naming): string | undefined {
  const view = quorumOf(node);
  if (!view) return undefined;
  const own = view.members.find((member) => member.name === node.name)?.nodeid ?? 0;
  return [
    "Quorum information",
    "------------------",
    `Date:             ${dateText(world.clock.now())}`,
    "Quorum provider:  corosync_votequorum",
    `Nodes:            ${view.members.length}`,
    `Node ID:          ${naming === "addresses" ? hexadecimal(own) : own}`,
    `Ring ID:          ${ringId(node)}`,
    `Quorate:          ${view.quorate ? "Yes" : "No"}`,
    "",
    "Votequorum information",
    "----------------------",
    `Expected votes:   ${view.expectedVotes}`,
    `Highest expected: ${view.highestExpected}`,
    `Total votes:      ${view.totalVotes}`,
    `Quorum:           ${view.quorum} ${view.quorate ? " " : "Activity blocked"}`,
    `Flags:            ${view.quorate ? "Quorate " : ""}`,
    "",
    membership(node, view, naming),
  ].join("\n");
}

/** The table of members. */
export function membership(node: NodeState, view: QuorumView, naming: Naming): string {
  const rows = view.members.map((member) => {
    const id = naming === "addresses" ? hexadecimal(member.nodeid) : String(member.nodeid).padStart(10);
    const address = Object.values(member.links)[0] ?? member.name;
    const shown = naming === "addresses" ? address : member.name;
    return `${id} ${String(member.votes).padStart(10)} ${shown}${member.name === node.name ? " (local)" : ""}\n`;
  });
  return `Membership information\n----------------------\n    Nodeid      Votes Name\n${rows.join("")}`;
}

function hexadecimal(id: number): string {
  return `0x${id.toString(16).padStart(8, "0")}`;
}
