import type { NodeState } from "../node.ts";

/** One entry of apt's configuration: a stanza of a `.sources` file, or a line of a `.list` file. */
export interface AptSource {
  readonly path: string;
  readonly fileType: "sources" | "list";
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly enabled: boolean;
}

const FOLDER = "/etc/apt/sources.list.d/";

/** What apt is configured with on a node, file by file, as its files say it at this moment. */
export function aptSources(node: NodeState): readonly AptSource[] {
  return [...node.files]
    .filter(
      ([path]) => path === "/etc/apt/sources.list" || (path.startsWith(FOLDER) && /\.(?:list|sources)$/.test(path)),
    )
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, text]) => (path.endsWith(".sources") ? stanzas(path, text) : lines(path, text)));
}

/** deb822: stanzas of `Key: value`, with an empty line between. */
function stanzas(path: string, text: string): readonly AptSource[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, readonly string[]>();
    for (const line of stanza.split("\n")) {
      const [, key, value] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
      if (key !== undefined && value !== undefined) fields.set(key.toLowerCase(), value.split(/\s+/));
    }
    const uris = fields.get("uris");
    if (uris === undefined) return [];
    return {
      ...{ path, fileType: "sources" as const, uris },
      types: fields.get("types") ?? ["deb"],
      suites: fields.get("suites") ?? [],
      components: fields.get("components") ?? [],
      enabled: !/^(?:no|false|0)$/i.test(fields.get("enabled")?.[0] ?? "yes"),
    };
  });
}

/** One line each; a comment sign before it switches it off. */
function lines(path: string, text: string): readonly AptSource[] {
  return text.split("\n").flatMap((line) => {
    const [, off = "", type, uri, suite, rest = ""] =
      /^\s*(#?)\s*(deb|deb-src)\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
    if (type === undefined || uri === undefined || suite === undefined) return [];
    return {
      ...{ path, fileType: "list" as const, types: [type], uris: [uri], suites: [suite] },
      components: rest.split(/\s+/).filter((word) => word !== ""),
      enabled: off === "",
    };
  });
}
