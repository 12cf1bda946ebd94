import { PveError } from "../../state/pve-error.ts";
import type { Route } from "../route.ts";

/** `/cluster/ceph` and `/nodes/NODE/ceph`, as long as Ceph is not installed. */
export const clusterCephRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/ceph/status", relayed: true, handle: notInstalled },
  {
    method: "GET",
    path: "/cluster/ceph/metadata",
    relayed: true,
    parameters: { scope: { values: ["all", "versions"] } },
    handle: notInstalled,
  },
  { method: "GET", path: "/nodes/{node}/ceph/status", relayed: true, handle: notInstalled },
];

function notInstalled(): never {
  throw new PveError("binary not installed: /usr/bin/ceph-mon");
}
