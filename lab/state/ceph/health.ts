import { usageOf } from "../usage.ts";
import type { World } from "../world.ts";
import type { CephCluster } from "./ceph-cluster.ts";
import { osdUsed } from "./ceph-usage.ts";
import { allPgStates, objectsOf, pgStates } from "./placement.ts";

/** One entry of `health.checks`. */
export interface HealthCheck {
  readonly code: string;
  readonly severity: "HEALTH_WARN" | "HEALTH_ERR";
  readonly message: string;
  readonly count: number;
  readonly detail: readonly string[];
}

const STUCK_MS = 60_000;
/** A young cluster without OSDs is not scolded at once. */
const PATIENCE_MS = 30_000;

/** What is wrong with Ceph at this moment, sorted by code: empty for HEALTH_OK. */
export function healthChecks(world: World, ceph: CephCluster): readonly HealthCheck[] {
  const now = world.clock.now();
  return [
    ...monChecks(world, ceph),
    ...mgrChecks(ceph),
    ...osdChecks(ceph, now),
    ...flagChecks(ceph),
    ...fullChecks(ceph),
    ...pgChecks(ceph, now),
    ...poolChecks(ceph, now),
  ].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The worst of the checks. */
export function healthStatus(checks: readonly HealthCheck[]): "HEALTH_OK" | "HEALTH_WARN" | "HEALTH_ERR" {
  if (checks.some((check) => check.severity === "HEALTH_ERR")) return "HEALTH_ERR";
  return checks.length > 0 ? "HEALTH_WARN" : "HEALTH_OK";
}

function warn(code: string, message: string, count: number, detail: readonly string[] = []): HealthCheck {
  return { code, severity: "HEALTH_WARN", message, count, detail };
}

function monChecks(world: World, ceph: CephCluster): readonly HealthCheck[] {
  const { mons } = ceph;
  const present = mons.filter((mon) => mon.inQuorum).map((mon) => mon.name);
  const missing = mons.filter((mon) => !mon.inQuorum);
  const down = missing.map(
    (mon) =>
      `mon.${mon.name} (rank ${mons.indexOf(mon)}) addr [v2:${mon.address}:3300/0,v1:${mon.address}:6789/0] is down (out of quorum)`,
  );
  const room = mons.flatMap((mon) => {
    const node = world.nodes.get(mon.name);
    if (!node || !mon.inQuorum) return [];
    const percent = Math.floor((1 - usageOf(world, node).rootfs / node.hardware.rootfs) * 100);
    return [{ name: mon.name, percent }];
  });
  const low = room.filter(({ percent }) => percent <= 30 && percent > 5);
  const critical = room.filter(({ percent }) => percent <= 5);
  const verb = (count: number) => (count === 1 ? "is" : "are");
  const names = (list: typeof room) => list.map(({ name }) => name).join(",");
  const lines = (list: typeof room) => list.map(({ name, percent }) => `mon.${name} has ${percent}% avail`);
  const word = (list: typeof room) => `mon${list.length === 1 ? "" : "s"} ${names(list)} ${verb(list.length)}`;
  return [
    ...(missing.length > 0
      ? [
          warn(
            "MON_DOWN",
            `${missing.length}/${mons.length} mons down, quorum ${present.join(",")}`,
            missing.length,
            down,
          ),
        ]
      : []),
    ...(low.length > 0 ? [warn("MON_DISK_LOW", `${word(low)} low on available space`, low.length, lines(low))] : []),
    ...(critical.length > 0
      ? [
          {
            ...warn("MON_DISK_CRIT", `${word(critical)} very low on available space`, critical.length, lines(critical)),
            severity: "HEALTH_ERR" as const,
          },
        ]
      : []),
  ];
}

function mgrChecks(ceph: CephCluster): readonly HealthCheck[] {
  if (ceph.activeMgr !== undefined || ceph.mgrs.length === 0) return [];
  return [warn("MGR_DOWN", "no active mgr", 1)];
}

function osdChecks(ceph: CephCluster, now: number): readonly HealthCheck[] {
  const { osds, config } = ceph;
  const wanted = config?.size ?? 3;
  const few =
    osds.length < wanted && ceph.activeMgr !== undefined && now - ceph.since.manager > PATIENCE_MS
      ? [warn("TOO_FEW_OSDS", `OSD count ${osds.length} < osd_pool_default_size ${wanted}`, wanted - osds.length)]
      : [];
  const down = osds.filter((osd) => !osd.up && osd.in);
  if (down.length === 0) return few;
  const place = (node: string) => `root=default,host=${node}`;
  const hosts = [...new Set(down.map((osd) => osd.node))].filter((node) =>
    osds.every((osd) => osd.node !== node || !osd.up),
  );
  const onHosts = down.filter((osd) => hosts.includes(osd.node)).length;
  return [
    ...few,
    warn(
      "OSD_DOWN",
      `${down.length} osds down`,
      down.length,
      down.map((osd) => `osd.${osd.id} (${place(osd.node)}) is down`),
    ),
    ...(hosts.length > 0
      ? [
          warn(
            "OSD_HOST_DOWN",
            `${hosts.length} host${hosts.length === 1 ? "" : "s"} (${onHosts} osds) down`,
            hosts.length,
            hosts.map((node) => `host ${node} (root=default) (${onHosts / hosts.length} osds) is down`),
          ),
        ]
      : []),
    ...(osds.every((osd) => !osd.up)
      ? [warn("OSD_ROOT_DOWN", `1 root (${down.length} osds) down`, 1, [`root default (${down.length} osds) is down`])]
      : []),
  ];
}

function flagChecks({ flags }: CephCluster): readonly HealthCheck[] {
  if (flags.size === 0) return [];
  return [warn("OSDMAP_FLAGS", `${[...flags].sort().join(",")} flag(s) set`, flags.size)];
}

function fullChecks(ceph: CephCluster): readonly HealthCheck[] {
  const shares = ceph.osds
    .filter((osd) => osd.in && osd.up)
    .map((osd) => ({ id: osd.id, share: osdUsed(ceph, osd) / osd.size }));
  const between = (low: number, high: number) => shares.filter(({ share }) => share >= low && share < high);
  const check = (code: string, word: string, list: typeof shares, severity: HealthCheck["severity"]) =>
    list.length === 0
      ? []
      : [
          {
            ...warn(
              code,
              `${list.length} ${word} osd(s)`,
              list.length,
              list.map(({ id }) => `osd.${id} is ${word === "nearfull" ? "near full" : word}`),
            ),
            severity,
          },
        ];
  return [
    ...check("OSD_NEARFULL", "nearfull", between(0.85, 0.9), "HEALTH_WARN"),
    ...check("OSD_BACKFILLFULL", "backfillfull", between(0.9, 0.95), "HEALTH_WARN"),
    ...check("OSD_FULL", "full", between(0.95, Number.POSITIVE_INFINITY), "HEALTH_ERR"),
  ];
}

function pgChecks(ceph: CephCluster, now: number): readonly HealthCheck[] {
  const states = allPgStates(ceph, now);
  const sum = (pattern: RegExp) =>
    states.reduce((total, { state, count }) => (pattern.test(state) ? total + count : total), 0);
  const stuck = (pattern: RegExp) =>
    ceph.pools.reduce((total, pool) => {
      const since = Math.max(pool.createdAt, ceph.lastDownAt ?? 0);
      if (now - since <= STUCK_MS) return total;
      return (
        total + pgStates(ceph, pool, now).reduce((n, { state, count }) => (pattern.test(state) ? n + count : n), 0)
      );
    }, 0);
  const degraded = sum(/degraded/);
  const undersized = stuck(/undersized/);
  const inactive = stuck(/^(?!.*active)/);
  const objects = degradedObjects(ceph, now);
  const parts = [
    ...(objects.degraded > 0 ? [objectsText(objects)] : []),
    ...(degraded > 0 ? [`${degraded} pg${degraded === 1 ? "" : "s"} degraded`] : []),
    ...(undersized > 0 ? [`${undersized} pg${undersized === 1 ? "" : "s"} undersized`] : []),
  ];
  const plural = inactive === 1 ? "pg" : "pgs";
  return [
    ...(inactive > 0
      ? [warn("PG_AVAILABILITY", `Reduced data availability: ${inactive} ${plural} inactive`, inactive)]
      : []),
    ...(parts.length > 0
      ? [warn("PG_DEGRADED", `Degraded data redundancy: ${parts.join(", ")}`, Math.max(degraded, undersized))]
      : []),
  ];
}

/** Replicas of objects that are missing, and all there should be. */
export function degradedObjects(ceph: CephCluster, now: number): { readonly degraded: number; readonly all: number } {
  let [degraded, all] = [0, 0];
  for (const pool of ceph.pools) {
    const objects = objectsOf(ceph, pool);
    all += objects * pool.size;
    for (const { state, count } of pgStates(ceph, pool, now)) {
      if (state.includes("degraded")) degraded += Math.round((objects * count) / Math.min(pool.pgNum, objects));
    }
  }
  return { degraded, all };
}

/** "5/15 objects degraded (33.333%)" */
export function objectsText({ degraded, all }: { readonly degraded: number; readonly all: number }): string {
  return `${degraded}/${all} objects degraded (${((degraded / all) * 100).toFixed(3)}%)`;
}

/** The autoscaler looks every minute; in mode "warn" it only complains, and only about a factor of three. */
function poolChecks(ceph: CephCluster, now: number): readonly HealthCheck[] {
  const many = ceph.pools.filter(
    (pool) => pool.autoscale === "warn" && pool.pgNum >= 96 && now - pool.createdAt > STUCK_MS,
  );
  if (many.length === 0 || ceph.activeMgr === undefined) return [];
  const detail = many.map((pool) => `Pool ${pool.name} has ${pool.pgNum} placement groups, should have 32`);
  return [warn("POOL_TOO_MANY_PGS", `${many.length} pools have too many placement groups`, many.length, detail)];
}
