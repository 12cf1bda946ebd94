import { randomUUID } from "node:crypto";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { Print } from "../tasks.ts";
import { assertInstalled } from "./assert-ceph.ts";
import type { CephCluster } from "./ceph-cluster.ts";

/** What `pveceph init` and the wizard give. */
export interface InitRequest {
  readonly network?: string | undefined;
  readonly clusterNetwork?: string | undefined;
  readonly size?: number | undefined;
  readonly minSize?: number | undefined;
}

/** Writes the cluster's configuration, once: a second call changes nothing, as on real nodes. */
export function initCeph(node: NodeState, request: InitRequest, print: Print): void {
  assertInstalled(node);
  if (request.clusterNetwork !== undefined && request.network === undefined) {
    throw new PveError("cluster-network requires network");
  }
  const { ceph } = node.database;
  node.ceph.linked = true;
  if (ceph.config) return;
  configure(ceph, request);
  print("creating /etc/pve/priv/ceph.client.admin.keyring\n");
}

/** The change of state alone, also for scenarios. */
export function configure(ceph: CephCluster, request: InitRequest): void {
  const { network, clusterNetwork = network, size = 3, minSize = 2 } = request;
  ceph.config = { fsid: randomUUID(), publicNetwork: network, clusterNetwork, size, minSize };
}

/** The text of /etc/pve/ceph.conf. */
export function renderCephConf(ceph: CephCluster): string {
  const { config, mons } = ceph;
  if (!config) return "";
  const { fsid, publicNetwork, clusterNetwork, size, minSize } = config;
  const global: Record<string, string | undefined> = {
    auth_client_required: "cephx",
    auth_cluster_required: "cephx",
    auth_service_required: "cephx",
    cluster_network: clusterNetwork,
    fsid,
    mon_allow_pool_delete: "true",
    mon_host: mons.length > 0 ? mons.map((mon) => mon.address).join(" ") : undefined,
    ms_bind_ipv4: mons.length > 0 ? "true" : undefined,
    ms_bind_ipv6: mons.length > 0 ? "false" : undefined,
    osd_pool_default_min_size: String(minSize),
    osd_pool_default_size: String(size),
    public_network: publicNetwork,
  };
  return [
    section("global", global),
    section("client", { keyring: "/etc/pve/priv/$cluster.$name.keyring" }),
    ...(mons.length > 0 ? [section("client.crash", { keyring: "/etc/pve/ceph/$cluster.$name.keyring" })] : []),
    ...[...mons]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((mon) => section(`mon.${mon.name}`, { public_addr: mon.address })),
  ].join("");
}

function section(name: string, keys: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`\t${key} = ${value}\n`]));
  return `[${name}]\n${lines.join("")}\n`;
}
