import type { CorosyncNode } from "../../state/corosync.ts";
import { linkConnected } from "../../state/membership.ts";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import type { LabCommand } from "../command.ts";

/** Corosync's configuration tool: -s shows each link with the state of every node on it, -n each node with its links. */
export const corosyncCfgtool: LabCommand = {
  name: "corosync-cfgtool",
  run({ args, world, node, out, err }) {
    const config = node.database.corosync;
    const own = config?.nodes.find((entry) => entry.name === node.name);
    if (!config || !own || !node.corosync.running) {
      err("Could not initialize corosync configuration API error 2\n");
      return 1;
    }
    const entries = [...config.nodes].sort((a, b) => a.nodeid - b.nodeid);
    if (args[0] === "-s") out(linksText(world, node, own, entries));
    else if (args[0] === "-n") out(nodesText(world, node, own, entries));
    else {
      err("corosync-cfgtool: only -s and -n are simulated\n");
      return 1;
    }
    return 0;
  },
};

function linksText(world: World, node: NodeState, own: CorosyncNode, entries: readonly CorosyncNode[]): string {
  const head = `Local node ID ${own.nodeid}, transport knet\n`;
  const links = Object.entries(own.links).map(([link, address]) => {
    const states = entries.map((entry) => {
      const state = entry === own ? "localhost" : isUp(world, node, entry, Number(link)) ? "connected" : "disconnected";
      return `\t\tnodeid:${String(entry.nodeid).padStart(11)}:\t${state}\n`;
    });
    return `LINK ID ${link} udp\n\taddr\t= ${address}\n\tstatus:\n${states.join("")}`;
  });
  return head + links.join("");
}

function nodesText(world: World, node: NodeState, own: CorosyncNode, entries: readonly CorosyncNode[]): string {
  const others = entries.filter((entry) => entry !== own);
  const blocks = others.map((entry) => {
    const states = Object.entries(own.links).map(([link, address]) => ({
      link,
      address,
      up: isUp(world, node, entry, Number(link)),
    }));
    const lines = states.map(({ link, address, up }) => {
      const state = `enabled${up ? " connected" : ""} mtu: ${up ? 1397 : 469}`;
      return `   LINK: ${link} udp (${address}->${entry.links[Number(link)] ?? ""}) ${state}\n`;
    });
    const reached = states.some(({ up }) => up);
    return `nodeid: ${entry.nodeid} ${reached ? "reachable" : "not reachable"}\n${lines.join("")}\n`;
  });
  return `Local node ID ${own.nodeid}, transport knet\n${blocks.join("")}`;
}

function isUp(world: World, node: NodeState, entry: CorosyncNode, link: number): boolean {
  const other = world.nodes.get(entry.name);
  return other !== undefined && linkConnected(world, node, other, link);
}
