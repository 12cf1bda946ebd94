import type { CorosyncConfig } from "../../state/corosync.ts";
import type { NodeState } from "../../state/node.ts";
import type { LabCommand } from "../command.ts";

/** Corosync's configuration map, all of it or the keys that begin with -g or an operand: nodelist, quorum, members, votequorum, totem. */
export const corosyncCmapctl: LabCommand = {
  name: "corosync-cmapctl",
  run({ args, node, out, err }) {
    const config = node.database.corosync;
    if (!config || !node.corosync.running) {
      err("Failed to initialize the cmap API. Error CS_ERR_LIBRARY\n");
      return 1;
    }
    const wanted = args.filter((arg) => !arg.startsWith("-"));
    const shown = entries(node, config).filter(
      ([key]) => wanted.length === 0 || wanted.some((prefix) => key.startsWith(prefix)),
    );
    for (const [key, type, value] of shown.sort((a, b) => (a[0] < b[0] ? -1 : 1))) out(`${key} (${type}) = ${value}\n`);
    if (shown.length > 0) return 0;
    err(`Can't get key ${wanted[0] ?? ""}. Error CS_ERR_NOT_EXIST\n`);
    return 1;
  },
};

type Entry = readonly [key: string, type: string, value: string];

function entries(node: NodeState, config: CorosyncConfig): Entry[] {
  const nodes = [...config.nodes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const ids = config.nodes.map((entry) => entry.nodeid);
  const own = config.nodes.find((entry) => entry.name === node.name)?.nodeid ?? 0;
  return [
    ["internal_configuration.service.3.name", "str", "corosync_quorum"],
    ["internal_configuration.service.5.name", "str", "corosync_votequorum"],
    ...nodes.flatMap((entry, index): Entry[] => [
      [`nodelist.node.${index}.name`, "str", entry.name],
      [`nodelist.node.${index}.nodeid`, "u32", String(entry.nodeid)],
      [`nodelist.node.${index}.quorum_votes`, "u32", String(entry.votes)],
      ...Object.entries(entry.links).map(
        ([link, address]): Entry => [`nodelist.node.${index}.ring${link}_addr`, "str", address],
      ),
    ]),
    ["quorum.provider", "str", "corosync_votequorum"],
    ...config.nodes
      .filter((entry) => node.corosync.members.includes(entry.name))
      .flatMap((entry): Entry[] => [
        [`runtime.members.${entry.nodeid}.config_version`, "u64", String(config.version)],
        [
          `runtime.members.${entry.nodeid}.ip`,
          "str",
          `${Object.entries(entry.links)
            .map(([link, address]) => `r(${link}) ip(${address}) `)
            .join("")}`,
        ],
        [`runtime.members.${entry.nodeid}.join_count`, "u32", "1"],
        [`runtime.members.${entry.nodeid}.status`, "str", "joined"],
      ]),
    ["runtime.votequorum.ev_barrier", "u32", String(node.corosync.expectedVotes)],
    ["runtime.votequorum.highest_node_id", "u32", String(Math.max(...ids))],
    ["runtime.votequorum.lowest_node_id", "u32", String(Math.min(...ids))],
    ["runtime.votequorum.this_node_id", "u32", String(own)],
    ["runtime.votequorum.two_node", "u8", "0"],
    ["totem.cluster_name", "str", config.name],
    ["totem.config_version", "u64", String(config.version)],
    ["totem.link_mode", "str", "passive"],
    ["totem.version", "u32", "2"],
  ];
}
