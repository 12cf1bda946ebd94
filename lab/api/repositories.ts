import { createHash } from "node:crypto";
import { type AptSource, aptSources } from "../state/apt/sources.ts";
import type { NodeState } from "../state/node.ts";

interface Standard {
  readonly handle: string;
  readonly name: string;
  readonly uri: string;
  readonly component: string;
}

/** `GET /nodes/NODE/apt/repositories`: apt's files as they stand, and which of the known Proxmox sources they hold. */
export function repositoriesOf(node: NodeState) {
  const sources = aptSources(node);
  const paths = [...new Set(sources.map(({ path }) => path))];
  const files = paths.map((path) => fileOf(path, sources));
  const digest = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  const known = standards(node.versions.debian);
  return {
    ...{ files, errors: [], infos: [], digest },
    "standard-repos": known.map((each) => ({ handle: each.handle, name: each.name, status: statusOf(each, sources) })),
  };
}

function fileOf(path: string, sources: readonly AptSource[]) {
  const own = sources.filter((source) => source.path === path);
  return {
    path,
    "file-type": own[0]?.fileType ?? "list",
    digest: [],
    repositories: own.map(({ types, uris, suites, components, enabled, fileType }) => ({
      ...{ Types: types, URIs: uris, Suites: suites, Components: components },
      ...{ Enabled: enabled ? 1 : 0, FileType: fileType },
    })),
  };
}

/** 1 enabled, 0 switched off, null not configured. */
function statusOf({ uri, component }: Standard, sources: readonly AptSource[]): 0 | 1 | null {
  const found = sources.filter(({ uris, components }) => uris.includes(uri) && components.includes(component));
  if (found.length === 0) return null;
  return found.some(({ enabled }) => enabled) ? 1 : 0;
}

function standards(suite: string): readonly Standard[] {
  const ceph = suite === "trixie" ? "squid" : "quincy";
  const kinds = [
    ["enterprise", "Enterprise", "https://enterprise.proxmox.com"],
    ["no-subscription", "No-Subscription", "http://download.proxmox.com"],
    ["test", "Test", "http://download.proxmox.com"],
  ] as const;
  const title = ceph.charAt(0).toUpperCase() + ceph.slice(1);
  return [
    ...kinds.map(([kind, name, host]) => ({
      ...{ handle: kind, name, uri: `${host}/debian/pve` },
      component: kind === "test" && suite !== "trixie" ? "pvetest" : `pve-${kind}`,
    })),
    ...kinds.map(([kind, name, host]) => ({
      ...{ handle: `ceph-${ceph}-${kind}`, name: `Ceph ${title} ${name}` },
      ...{ uri: `${host}/debian/ceph-${ceph}`, component: kind },
    })),
  ];
}
