import type { Route } from "../route.ts";
import { knownNodes, nodeRow } from "./node-rows.ts";

/** `/nodes`: every node with its figures and certificate fingerprint. */
export const nodesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes",
    handle: ({ world, node }) =>
      knownNodes(world, node).map((other) => ({
        ...nodeRow(world, node, other),
        ssl_fingerprint: other.certificate.fingerprint,
      })),
  },
];
