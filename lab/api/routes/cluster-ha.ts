import { armHa, disarmHa } from "../../state/ha/ha-requests.ts";
import { managerStatus, statusRows } from "../../state/ha/ha-status.ts";
import type { Route } from "../route.ts";

/** `/cluster/ha/status`: what the stack does, and arming it (version 9). */
export const clusterHaRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/ha/status/current", handle: ({ world, node }) => statusRows(world, node) },
  { method: "GET", path: "/cluster/ha/status/manager_status", handle: ({ node }) => managerStatus(node) },
  {
    method: "POST",
    path: "/cluster/ha/status/disarm-ha",
    dialect: "9",
    relayed: true,
    parameters: { "resource-mode": { required: true, values: ["freeze", "ignore"] } },
    handle({ world, node, params }) {
      disarmHa(world, node, params["resource-mode"] === "ignore" ? "ignore" : "freeze");
      return null;
    },
  },
  {
    method: "POST",
    path: "/cluster/ha/status/arm-ha",
    dialect: "9",
    relayed: true,
    handle({ node }) {
      armHa(node);
      return null;
    },
  },
];
