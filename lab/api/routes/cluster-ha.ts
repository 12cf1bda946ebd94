import { PveError } from "../../state/pve-error.ts";
import { isQuorate } from "../../state/quorum.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/cluster/ha`: the stack as it is before any resource is managed. */
export const clusterHaRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/ha/status/current", handle: current },
  { method: "GET", path: "/cluster/ha/status/manager_status", handle: managerStatus },
  { method: "GET", path: "/cluster/ha/resources", parameters: { type: { values: ["ct", "vm"] } }, handle: () => [] },
  { method: "GET", path: "/cluster/ha/groups", handle: groups },
  {
    method: "GET",
    path: "/cluster/ha/rules",
    dialect: "9",
    parameters: { type: {}, resource: {} },
    handle: () => [],
  },
];

function current({ world, node }: ApiCall) {
  const quorate = isQuorate(node);
  const status = quorate ? "OK" : `No quorum on node '${node.name}'!`;
  const quorum = { id: "quorum", type: "quorum", node: node.name, status, quorate: quorate ? 1 : 0 };
  if (world.dialect === "8.4") return [quorum];
  const standby = "standby (CRM watchdog standby)";
  return [quorum, { id: "fencing", type: "fencing", node: node.name, status: standby, "armed-state": "standby" }];
}

function managerStatus({ world, node }: ApiCall) {
  const quorum = { node: node.name, quorate: isQuorate(node) ? "1" : "0" };
  return { manager_status: world.dialect === "9" ? { node_status: {} } : {}, quorum };
}

function groups({ world }: ApiCall): readonly unknown[] {
  if (world.dialect === "9") throw new PveError("cannot index groups: ha groups have been migrated to rules");
  return [];
}
