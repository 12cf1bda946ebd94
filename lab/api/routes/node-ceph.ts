import { assertInitialised, assertReachable } from "../../state/ceph/assert-ceph.ts";
import { crushText } from "../../state/ceph/crush-text.ts";
import { initCeph, renderCephConf } from "../../state/ceph/init-ceph.ts";
import { releaseOf, releasesOf } from "../../state/ceph/release.ts";
import { PveError } from "../../state/pve-error.ts";
import { toNumber } from "../parameters.ts";
import { type ApiCall, indexRoute, type Route } from "../route.ts";
import { cephApiStatus } from "./ceph-status.ts";

const CIDR = { pattern: /^\d+\.\d+\.\d+\.\d+\/\d+$/ };

/** `/nodes/NODE/ceph`: status, first configuration, and what the configuration page shows. */
export const nodeCephRoutes: readonly Route[] = [
  indexRoute("/nodes/{node}/ceph", [
    ...["cmd-safety", "cfg", "crush", "fs", "init", "log", "mds", "mgr", "mon", "osd", "pool", "restart", "rules"],
    ...["start", "status", "stop"],
  ]),
  { method: "GET", path: "/nodes/{node}/ceph/status", relayed: true, handle: status },
  {
    method: "POST",
    path: "/nodes/{node}/ceph/init",
    relayed: true,
    parameters: {
      network: CIDR,
      "cluster-network": CIDR,
      size: { type: "integer", minimum: 1, maximum: 7 },
      min_size: { type: "integer", minimum: 1, maximum: 7 },
      pg_bits: { type: "integer", minimum: 6, maximum: 14 },
      disable_cephx: { type: "boolean" },
    },
    handle: init,
  },
  indexRoute("/nodes/{node}/ceph/cfg", ["db", "raw", "value"]),
  { method: "GET", path: "/nodes/{node}/ceph/cfg/raw", handle: raw },
  { method: "GET", path: "/nodes/{node}/ceph/cfg/db", relayed: true, handle: database },
  {
    method: "GET",
    path: "/nodes/{node}/ceph/cfg/value",
    relayed: true,
    parameters: { "config-keys": { required: true } },
    handle: values,
  },
  { method: "GET", path: "/nodes/{node}/ceph/crush", relayed: true, handle: crush },
  { method: "GET", path: "/nodes/{node}/ceph/rules", relayed: true, handle: rules },
  { method: "GET", path: "/nodes/{node}/ceph/releases", dialect: "9", handle: releases },
];

function status({ world, node }: ApiCall) {
  assertReachable(node);
  return cephApiStatus(world, node);
}

function init({ node, params }: ApiCall): null {
  const { network, "cluster-network": clusterNetwork } = params;
  const request = { network, clusterNetwork, size: toNumber(params["size"]), minSize: toNumber(params["min_size"]) };
  initCeph(node, request, () => {});
  return null;
}

function raw({ node }: ApiCall): string {
  assertInitialised(node);
  return renderCephConf(node.database.ceph);
}

function database({ node }: ApiCall): readonly unknown[] {
  assertReachable(node);
  // What pveceph sets with the first monitor.
  return [
    {
      section: "mon",
      name: "auth_allow_insecure_global_id_reclaim",
      value: "false",
      level: "advanced",
      can_update_at_runtime: 1,
      mask: "",
    },
  ];
}

/** "section:key;section:key" asked, `{ section: { key: value } }` answered. */
function values({ node, params }: ApiCall) {
  const config = assertInitialised(node);
  const known: Readonly<Record<string, string>> = {
    osd_pool_default_size: String(config.size),
    osd_pool_default_min_size: String(config.minSize),
  };
  const answer: Record<string, Record<string, string>> = {};
  for (const asked of (params["config-keys"] ?? "").split(/[;, ]/)) {
    const [section = "", key = ""] = asked.split(":");
    const name = key.replaceAll("-", "_");
    const value = section === "global" ? known[name] : undefined;
    if (value !== undefined) answer[section] = { ...answer[section], [name]: value };
  }
  return answer;
}

function crush({ node }: ApiCall): string {
  assertReachable(node);
  return crushText(node.database.ceph);
}

function rules({ node }: ApiCall) {
  assertReachable(node);
  return [{ name: "replicated_rule" }];
}

/** What the wizard offers; the first of the list is the default. */
function releases({ world }: ApiCall) {
  const [first] = releasesOf(world.dialect);
  if (first === undefined) throw new PveError("no Ceph release available");
  return releasesOf(world.dialect).map((name) => {
    const { series } = releaseOf(name);
    return {
      codename: name,
      release: series,
      "available-release": series,
      "is-default": name === first ? 1 : 0,
      "is-available": 1,
    };
  });
}
