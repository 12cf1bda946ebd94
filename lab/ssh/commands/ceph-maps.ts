import { monmap } from "../../api/routes/ceph-status.ts";
import type { CephCluster } from "../../state/ceph/ceph-cluster.ts";
import { cephUsage, maxAvailable, storedIn, usedBy } from "../../state/ceph/ceph-usage.ts";
import { allPgStates, objectsOf } from "../../state/ceph/placement.ts";
import { releaseOf, versionText } from "../../state/ceph/release.ts";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import { bytesText, cephTable } from "./ceph-text.ts";

/** `df`. */
export function dfText(ceph: CephCluster): string {
  const { total, used, available } = cephUsage(ceph);
  const raw = (name: string) => [
    ...[name, bytesText(total), bytesText(available), bytesText(used), bytesText(used)],
    total === 0 ? "0" : ((used / total) * 100).toFixed(2),
  ];
  const classes = [...new Set(ceph.osds.map((osd) => osd.deviceClass))];
  const pools = ceph.pools.map((pool) => {
    const taken = usedBy(ceph, pool);
    const room = maxAvailable(ceph, pool) * pool.size;
    const share = taken + room === 0 ? 0 : (taken / (taken + room)) * 100;
    return [
      ...[
        pool.name,
        String(pool.id),
        String(pool.pgNum),
        bytesText(storedIn(ceph, pool)),
        String(objectsOf(ceph, pool)),
      ],
      ...[bytesText(taken), share < 0.005 ? "0" : share.toFixed(2), bytesText(maxAvailable(ceph, pool))],
    ];
  });
  const table = (rows: readonly (readonly string[])[]) => cephTable(rows, { left: [0], headsRight: true });
  const head = ["CLASS", "SIZE", "AVAIL", "USED", "RAW USED", "%RAW USED"];
  const poolHead = ["POOL", "ID", "PGS", "STORED", "OBJECTS", "USED", "%USED", "MAX AVAIL"];
  return `--- RAW STORAGE ---\n${table([head, ...classes.map(raw), raw("TOTAL")])} \n--- POOLS ---\n${table([poolHead, ...pools])}`;
}

/** `df -f json`. */
export function dfJson(ceph: CephCluster) {
  const { total, used, available } = cephUsage(ceph);
  return {
    stats: {
      ...{ total_bytes: total, total_avail_bytes: available, total_used_bytes: used, total_used_raw_bytes: used },
      ...{ total_used_raw_ratio: total === 0 ? 0 : used / total, num_osds: ceph.osds.length },
    },
    pools: ceph.pools.map((pool) => ({
      name: pool.name,
      id: pool.id,
      stats: {
        ...{ stored: storedIn(ceph, pool), objects: objectsOf(ceph, pool), bytes_used: usedBy(ceph, pool) },
        ...{ max_avail: maxAvailable(ceph, pool) },
      },
    })),
  };
}

/** `mon stat`. */
export function monStatText(ceph: CephCluster): string {
  const at = ceph.mons.map(({ name, address }) => `${name}=[v2:${address}:3300/0,v1:${address}:6789/0]`).join(",");
  const inside = ceph.mons.flatMap((mon, rank) => (mon.inQuorum ? [{ rank, name: mon.name }] : []));
  const [leader] = inside;
  return `e${ceph.epochs.monmap}: ${ceph.mons.length} mons at {${at}} removed_ranks: {} disallowed_leaders: {}, election epoch ${ceph.epochs.election}, leader ${leader?.rank ?? 0} ${leader?.name ?? ""}, quorum ${inside.map(({ rank }) => rank).join(",")} ${inside.map(({ name }) => name).join(",")}\n`;
}

/** `quorum_status`. */
export function quorumJson(world: World, node: NodeState) {
  const { ceph } = node.database;
  const map = monmap(node);
  const names = ceph.mons.filter((mon) => mon.inQuorum).map((mon) => mon.name);
  return {
    election_epoch: ceph.epochs.election,
    quorum: map.quorum,
    quorum_names: names,
    quorum_leader_name: names[0] ?? "",
    quorum_age: Math.floor((world.clock.now() - ceph.since.quorum) / 1000),
    features: {},
    monmap: map,
  };
}

/** `mgr stat`. */
export function mgrStatJson(ceph: CephCluster) {
  const standby = ceph.mgrs.filter((mgr) => mgr.running && mgr.name !== ceph.activeMgr).length;
  return {
    epoch: ceph.epochs.mgrmap,
    available: ceph.activeMgr !== undefined,
    active_name: ceph.activeMgr ?? "",
    num_standby: standby,
  };
}

/** `pg stat`. */
export function pgStatText(world: World, ceph: CephCluster): string {
  const all = ceph.pools.reduce((sum, pool) => sum + pool.pgNum, 0);
  const states = allPgStates(ceph, world.clock.now()).map(({ state, count }) => `${count} ${state}`);
  const { total, used, available } = cephUsage(ceph);
  const stored = ceph.pools.reduce((sum, pool) => sum + storedIn(ceph, pool), 0);
  return `${all} pgs: ${states.join(", ")}; ${bytesText(stored)} data, ${bytesText(used)} used, ${bytesText(available)} / ${bytesText(total)} avail\n`;
}

/** `osd pool ls [detail]`. */
export function poolsText(ceph: CephCluster, detail: boolean): string {
  if (!detail) return ceph.pools.map((pool) => `${pool.name}\n`).join("");
  const lines = ceph.pools.map(
    (pool) =>
      `pool ${pool.id} '${pool.name}' replicated size ${pool.size} min_size ${pool.minSize} crush_rule 0 object_hash rjenkins pg_num ${pool.pgNum} pgp_num ${pool.pgNum} autoscale_mode ${pool.autoscale} last_change ${ceph.epochs.osdmap} flags hashpspool stripe_width 0${pool.pgNumMin === undefined ? "" : ` pg_num_min ${pool.pgNumMin}`} application ${pool.application}\n`,
  );
  return `${lines.join("")}\n`;
}

/** `versions`. */
export function versionsJson(node: NodeState) {
  const { mons, mgrs, osds } = node.database.ceph;
  const text = versionText(releaseOf(node.ceph.release ?? "squid"));
  const of = (count: number) => (count === 0 ? {} : { [text]: count });
  const [mon, mgr, osd] = [mons, mgrs, osds].map((daemons) => daemons.length) as [number, number, number];
  return { mon: of(mon), mgr: of(mgr), osd: of(osd), overall: of(mon + mgr + osd) };
}
