import type { Route } from "../route.ts";

/** `/version` and `/nodes/NODE/version`. */
export const versionRoutes: readonly Route[] = [
  { method: "GET", path: "/version", handle: ({ node }) => versionData(node) },
  { method: "GET", path: "/nodes/{node}/version", handle: ({ node }) => versionData(node) },
];

function versionData(node: Parameters<Route["handle"]>[0]["node"]) {
  const { release, version, repoid } = node.versions;
  return { release, version, repoid };
}
