import { PveError } from "../../state/pve-error.ts";
import { isOnNode } from "../../state/sdn-interfaces.ts";
import { vnetStatuses, zoneStatuses } from "../../state/sdn-status.ts";
import { type ApiCall, indexRoute, type Route } from "../route.ts";

/** `/nodes/NODE/sdn`: what the applied SDN is on one node. */
export const nodeSdnRoutes: readonly Route[] = [
  indexRoute("/nodes/{node}/sdn", ["zones"], "subdir"),
  { method: "GET", path: "/nodes/{node}/sdn/zones", relayed: true, handle: zones },
  indexRoute("/nodes/{node}/sdn/zones/{zone}", ["content"], "subdir"),
  { method: "GET", path: "/nodes/{node}/sdn/zones/{zone}/content", relayed: true, handle: content },
];

function zones({ node }: ApiCall) {
  return [...zoneStatuses(node)].map(([zone, { status }]) => ({ zone, status }));
}

function content({ node, params }: ApiCall) {
  const id = params["zone"] ?? "";
  const zone = node.database.sdn.running?.sections.zones.get(id);
  if (!zone || !isOnNode(zone, node.name)) throw new PveError(`sdn '${id}' does not exist`);
  return vnetStatuses(node, id);
}
