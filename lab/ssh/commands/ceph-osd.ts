import type { CephCluster, CephOsd } from "../../state/ceph/ceph-cluster.ts";
import { cephUsage, osdUsed, weightOf } from "../../state/ceph/ceph-usage.ts";
import { crushHosts } from "../../state/ceph/crush-text.ts";
import { findOsd } from "../../state/ceph/osds.ts";
import { pgsOn } from "../../state/ceph/placement.ts";
import type { World } from "../../state/world.ts";
import { bytesText, cephTable, spanText } from "./ceph-text.ts";

type Filter = "up" | "down" | "in" | "out" | undefined;

/** `osd tree [up|down|in|out]` as a table. */
export function osdTreeText(ceph: CephCluster, filter: Filter): string {
  const five = (weight: number) => weight.toFixed(5);
  const hosts = hostsOf(ceph, filter);
  const sum = (osds: readonly CephOsd[]) => five(osds.reduce((total, osd) => total + weightOf(osd), 0));
  const head = ["ID", "CLASS", "WEIGHT", "TYPE NAME", "STATUS", "REWEIGHT", "PRI-AFF"];
  const rows = hosts.flatMap(({ id, name, osds }) => [
    [String(id), "", sum(osds), `    host ${name}`],
    ...osds.map((osd) => [
      ...[String(osd.id), osd.deviceClass, five(weightOf(osd)), `        osd.${osd.id}`],
      ...[osd.up ? "up" : "down", osd.in ? "1.00000" : "0", "1.00000"],
    ]),
  ]);
  const all = hosts.flatMap(({ osds }) => osds);
  if (filter !== undefined && all.length === 0) return cephTable([head], {});
  return cephTable([head, ["-1", "", ceph.osds.length === 0 ? "0" : sum(all), "root default"], ...rows], { left: [3] });
}

/** The same as data. */
export function osdTreeJson(ceph: CephCluster, filter: Filter) {
  const hosts = hostsOf(ceph, filter);
  if (filter !== undefined && hosts.length === 0) return { nodes: [], stray: [] };
  const root = {
    ...{ id: -1, name: "default", type: "root", type_id: 11 },
    children: hosts.map(({ id }) => id).reverse(),
  };
  const nodes = hosts.flatMap(({ id, name, osds }) => [
    { id, name, type: "host", type_id: 1, pool_weights: {}, children: osds.map((osd) => osd.id) },
    ...osds.map((osd) => ({
      ...{ id: osd.id, device_class: osd.deviceClass, name: `osd.${osd.id}`, type: "osd", type_id: 0 },
      ...{ crush_weight: weightOf(osd), depth: 2, pool_weights: {}, exists: 1, status: osd.up ? "up" : "down" },
      ...{ reweight: osd.in ? 1 : 0, primary_affinity: 1 },
    })),
  ]);
  return { nodes: [root, ...nodes], stray: [] };
}

/** `osd df`. */
export function osdDfText(world: World, ceph: CephCluster): string {
  const head = [
    ...["ID", "CLASS", "WEIGHT", "REWEIGHT", "SIZE", "RAW USE", "DATA", "OMAP", "META", "AVAIL", "%USE", "VAR", "PGS"],
    "STATUS",
  ];
  const rows = sorted(ceph).map((osd) => {
    const used = osdUsed(ceph, osd);
    const percent = osd.in ? (used / osd.size) * 100 : 0;
    return [
      ...[String(osd.id), osd.deviceClass, weightOf(osd).toFixed(5), osd.in ? "1.00000" : "0", bytesText(osd.size)],
      ...[bytesText(used), bytesText(Math.floor(used * 0.02)), "1 KiB", bytesText(Math.ceil(used * 0.98))],
      ...[bytesText(osd.size - used), percent.toFixed(2), "1.00", String(pgsOn(ceph, osd, world.clock.now()))],
      osd.up ? "up" : "down",
    ];
  });
  const { total, used, available } = cephUsage(ceph);
  const share = total === 0 ? 0 : (used / total) * 100;
  const sum = [
    ...["", "", "", "TOTAL", bytesText(total), bytesText(used), bytesText(Math.floor(used * 0.02)), "4 KiB"],
    ...[bytesText(Math.ceil(used * 0.98)), bytesText(available), share.toFixed(2), "", "", ""],
  ];
  return `${cephTable([head, ...rows, sum], {})}MIN/MAX VAR: 1.00/1.00  STDDEV: 0\n`;
}

/** `osd status`. */
export function osdStatusText(ceph: CephCluster): string {
  const short = (bytes: number) =>
    bytesText(bytes)
      .replace(/ (.)i?B$/, "$1")
      .replace(/ B$/, "");
  const rows = sorted(ceph).map((osd) => [
    ...[String(osd.id), osd.node, short(osdUsed(ceph, osd)), short(osd.size - osdUsed(ceph, osd))],
    ...["0", "0", "0", "0", osd.up ? "exists,up" : "exists"],
  ]);
  const head = ["ID", "HOST", "USED", "AVAIL", "WR OPS", "WR DATA", "RD OPS", "RD DATA", "STATE"];
  return cephTable([head, ...rows], { left: [1, 8], headsRight: true }).replace(/ +$/gm, "");
}

/** `osd stat`. */
export function osdStatText(world: World, ceph: CephCluster): string {
  const up = ceph.osds.filter((osd) => osd.up).length;
  const inside = ceph.osds.filter((osd) => osd.in).length;
  const since = (at: number) => (ceph.osds.length > 0 ? ` (since ${spanText(world.clock.now() - at)})` : "");
  return `${ceph.osds.length} osds: ${up} up${since(ceph.since.up)}, ${inside} in${since(ceph.since.in)}; epoch: e${ceph.epochs.osdmap}\n`;
}

function hostsOf(ceph: CephCluster, filter: Filter) {
  const keep = (osd: CephOsd) => {
    if (filter === "up") return osd.up;
    if (filter === "down") return !osd.up;
    if (filter === "in") return osd.in;
    return filter === "out" ? !osd.in : true;
  };
  return crushHosts(ceph)
    .map(({ id, name, osds }) => ({ id, name, osds: osds.map((each) => findOsd(ceph, each)).filter(keep) }))
    .filter(({ osds }) => filter === undefined || osds.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function sorted(ceph: CephCluster): readonly CephOsd[] {
  return [...ceph.osds].sort((a, b) => a.id - b.id);
}
