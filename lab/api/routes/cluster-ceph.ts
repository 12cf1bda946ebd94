import { assertInitialised, assertReachable } from "../../state/ceph/assert-ceph.ts";
import { parameterError } from "../../state/pve-error.ts";
import { isTrue } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { cephMetadata, nodeVersions } from "./ceph-metadata.ts";
import { cephApiStatus } from "./ceph-status.ts";

/** `/cluster/ceph`: status, metadata and the flags of the OSD map. */
export const clusterCephRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/ceph/status", relayed: true, handle: status },
  {
    method: "GET",
    path: "/cluster/ceph/metadata",
    relayed: true,
    parameters: { scope: { values: ["all", "versions"] } },
    handle: metadata,
  },
  { method: "GET", path: "/cluster/ceph/flags", relayed: true, handle: flags },
  {
    method: "GET",
    path: "/cluster/ceph/flags/{flag}",
    relayed: true,
    handle: ({ node, params }) => hasFlag(node, params["flag"]),
  },
  {
    method: "PUT",
    path: "/cluster/ceph/flags/{flag}",
    relayed: true,
    parameters: { value: { type: "boolean", required: true } },
    handle: setFlag,
  },
];

const FLAGS: Readonly<Record<string, string>> = {
  nobackfill: "Backfilling of PGs is suspended.",
  "nodeep-scrub": "Deep Scrubbing is disabled.",
  nodown: "OSD failure reports are being ignored, such that the monitors will not mark OSDs down.",
  noin: "OSDs that were previously marked out will not be marked back in when they start.",
  noout: "OSDs will not automatically be marked out after the configured interval.",
  norebalance: "Rebalancing of PGs is suspended.",
  norecover: "Recovery of PGs is suspended.",
  noscrub: "Scrubbing is disabled.",
  notieragent: "Cache tiering activity is suspended.",
  noup: "OSDs are not allowed to start.",
  pause: "Pauses read and writes.",
};

function status({ world, node }: ApiCall) {
  assertReachable(node);
  return cephApiStatus(world, node);
}

/** The versions alone are asked by the wizard too, on nodes that have no Ceph yet. */
function metadata({ world, node, params }: ApiCall) {
  const versions = nodeVersions(world, node);
  if (params["scope"] === "versions") return Object.keys(versions).length > 0 ? { node: versions } : {};
  assertInitialised(node);
  return cephMetadata(world, node);
}

function flags({ node }: ApiCall) {
  assertReachable(node);
  return Object.entries(FLAGS).map(([name, description]) => ({ name, description, value: hasFlag(node, name) }));
}

function hasFlag(node: ApiCall["node"], flag = ""): 0 | 1 {
  assertReachable(node);
  refuseUnknown(flag);
  return node.database.ceph.flags.has(flag) ? 1 : 0;
}

function setFlag({ node, params }: ApiCall): null {
  assertReachable(node);
  const { flag = "" } = params;
  refuseUnknown(flag);
  const set = node.database.ceph.flags;
  if (isTrue(params["value"])) set.add(flag);
  else set.delete(flag);
  return null;
}

function refuseUnknown(flag: string): void {
  if (Object.hasOwn(FLAGS, flag)) return;
  throw parameterError({
    flag: `value '${flag}' does not have a value in the enumeration '${Object.keys(FLAGS).join(", ")}'`,
  });
}
