/** One entry of corosync's nodelist. Addresses by link number, 0 to 7. */
export interface CorosyncNode {
  readonly name: string;
  readonly nodeid: number;
  readonly votes: number;
  readonly links: Readonly<Record<number, string>>;
}

/** What /etc/pve/corosync.conf says. */
export interface CorosyncConfig {
  readonly name: string;
  version: number;
  readonly nodes: CorosyncNode[];
  /** Link numbers in use, ascending. */
  readonly linkNumbers: readonly number[];
  /** 125 on 9; absent on 8.4. */
  readonly tokenCoefficient: number | undefined;
}

/** The file's exact text. */
export function renderCorosyncConf(config: CorosyncConfig): string {
  const byName = [...config.nodes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = [
    "logging {",
    "  debug: off",
    "  to_syslog: yes",
    "}",
    "",
    "nodelist {",
    ...byName.flatMap(renderNode),
    "}",
    "",
    "quorum {",
    "  provider: corosync_votequorum",
    "}",
    "",
    "totem {",
    `  cluster_name: ${config.name}`,
    `  config_version: ${config.version}`,
    ...config.linkNumbers.flatMap((link) => ["  interface {", `    linknumber: ${link}`, "  }"]),
    "  ip_version: ipv4-6",
    "  link_mode: passive",
    "  secauth: on",
    ...(config.tokenCoefficient === undefined ? [] : [`  token_coefficient: ${config.tokenCoefficient}`]),
    "  version: 2",
    "}",
    "",
    "",
  ];
  return lines.join("\n");
}

function renderNode(node: CorosyncNode): string[] {
  const links = Object.entries(node.links).map(([link, address]) => `    ring${link}_addr: ${address}`);
  return [
    "  node {",
    `    name: ${node.name}`,
    `    nodeid: ${node.nodeid}`,
    `    quorum_votes: ${node.votes}`,
    ...links,
    "  }",
  ];
}
