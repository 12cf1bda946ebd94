import type { Dialect } from "../../state/dialect.ts";
import { applySdn, rollbackSdn } from "../../state/sdn-apply.ts";
import { dryRun } from "../../state/sdn-dry-run.ts";
import { acquireSdnLock, releaseSdnLock } from "../../state/sdn-lock.ts";
import { nodeOf } from "../../state/world.ts";
import { isTrue, type ParameterSchema } from "../parameters.ts";
import { type ApiCall, indexRoute, type Route } from "../route.ts";
import { sdnFabricsRoutes } from "./cluster-sdn-fabrics.ts";
import { sdnSubnetsRoutes } from "./cluster-sdn-subnets.ts";
import { sdnVnetsRoutes } from "./cluster-sdn-vnets.ts";
import { sdnZonesRoutes } from "./cluster-sdn-zones.ts";
import { SHOWN, sdnSections } from "./sdn-sections.ts";

const LOCKED: ParameterSchema = { "lock-token": {}, "release-lock": { type: "boolean" } };

/** `/cluster/sdn`: what is configured, and how it is put in force. The global lock, the way back and the dry run are version 9's. */
export function clusterSdnRoutes(dialect: Dialect): readonly Route[] {
  const nine = dialect === "9";
  return [
    indexRoute("/cluster/sdn", ["vnets", "zones", "controllers", "ipams", "dns", ...(nine ? ["fabrics"] : [])], "id"),
    { method: "PUT", path: "/cluster/sdn", relayed: true, parameters: nine ? LOCKED : {}, handle: apply },
    ...sdnZonesRoutes(dialect),
    ...sdnVnetsRoutes(dialect),
    ...sdnSubnetsRoutes(dialect),
    { method: "GET", path: "/cluster/sdn/controllers", parameters: { ...SHOWN, type: {} }, handle: controllers },
    { method: "GET", path: "/cluster/sdn/ipams", handle: () => [{ ipam: "pve", type: "pve" }] },
    { method: "GET", path: "/cluster/sdn/dns", handle: () => [] },
    ...(nine ? NINE : []),
  ];
}

const NINE: readonly Route[] = [
  ...sdnFabricsRoutes(),
  {
    method: "POST",
    path: "/cluster/sdn/lock",
    relayed: true,
    parameters: { "allow-pending": { type: "boolean" } },
    handle: ({ node, params }) => acquireSdnLock(node.database.sdn, isTrue(params["allow-pending"])),
  },
  {
    method: "DELETE",
    path: "/cluster/sdn/lock",
    relayed: true,
    parameters: { "lock-token": {}, force: { type: "boolean" } },
    handle: ({ node, params }) => releaseSdnLock(node.database.sdn, params["lock-token"], isTrue(params["force"])),
  },
  {
    method: "POST",
    path: "/cluster/sdn/rollback",
    relayed: true,
    parameters: LOCKED,
    handle: ({ node, params }) => rollbackSdn(node, params["lock-token"], isTrue(params["release-lock"])),
  },
  {
    method: "GET",
    path: "/cluster/sdn/dry-run",
    relayed: true,
    parameters: { node: { required: true } },
    handle: ({ world, params }) => dryRun(world, nodeOf(world, params["node"] ?? "")),
  },
];

/** `release-lock` is documented to be on by default, and is not. */
function apply({ world, node, user, params }: ApiCall): string {
  const release = isTrue(params["release-lock"]);
  return applySdn(world, node, { user, token: params["lock-token"], release }).upid;
}

function controllers(call: ApiCall) {
  const { type } = call.params;
  return sdnSections(call, "controllers")
    .filter((controller) => type === undefined || controller["type"] === type)
    .map(({ id, ...controller }) => ({ ...controller, controller: id }));
}
