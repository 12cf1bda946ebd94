import type { CephCluster } from "../../state/ceph/ceph-cluster.ts";
import { cephUsage, storedIn } from "../../state/ceph/ceph-usage.ts";
import { degradedObjects, healthChecks, healthStatus, objectsText } from "../../state/ceph/health.ts";
import { allPgStates, objectsOf } from "../../state/ceph/placement.ts";
import type { World } from "../../state/world.ts";
import { bytesText, spanText } from "./ceph-text.ts";

/** What `ceph -s` prints. */
export function statusText(world: World, ceph: CephCluster): string {
  const checks = healthChecks(world, ceph);
  const lines = [
    "  cluster:",
    `    id:     ${ceph.config?.fsid ?? ""}`,
    `    health: ${healthStatus(checks)}`,
    ...checks.map((check) => `            ${check.message}`),
    " ",
    "  services:",
    ...servicesLines(world, ceph),
    " ",
    "  data:",
    ...dataLines(world, ceph),
    " ",
  ];
  return `${lines.join("\n")}\n`;
}

/** `health` and `health detail`. */
export function healthText(world: World, ceph: CephCluster, detail: boolean): string {
  const checks = healthChecks(world, ceph);
  const status = healthStatus(checks);
  if (checks.length === 0) return `${status}\n`;
  const head = `${status} ${checks.map((check) => check.message).join("; ")}\n`;
  if (!detail) return head;
  const mark = { HEALTH_WARN: "WRN", HEALTH_ERR: "ERR" } as const;
  return (
    head +
    checks
      .map(
        ({ code, severity, message, detail: lines }) =>
          `[${mark[severity]}] ${code}: ${message}\n${lines.map((line) => `    ${line}\n`).join("")}`,
      )
      .join("")
  );
}

function servicesLines(world: World, ceph: CephCluster): readonly string[] {
  const now = world.clock.now();
  const since = (at: number) => spanText(now - at);
  const { mons, mgrs, osds } = ceph;
  const names = (inQuorum: boolean) => mons.filter((mon) => mon.inQuorum === inQuorum).map((mon) => mon.name);
  const out = names(false);
  const mon = `mon: ${mons.length} daemons, quorum ${names(true).join(",")} (age ${since(ceph.since.quorum)})${out.length > 0 ? `, out of quorum: ${out.join(", ")}` : ""}`;
  const standbys = mgrs.filter((mgr) => mgr.running && mgr.name !== ceph.activeMgr).map((mgr) => mgr.name);
  const mgr =
    ceph.activeMgr === undefined
      ? "mgr: no daemons active"
      : `mgr: ${ceph.activeMgr}(active, since ${since(ceph.since.manager)})${standbys.length > 0 ? `, standbys: ${standbys.join(", ")}` : ""}`;
  const up = osds.filter((osd) => osd.up).length;
  const inside = osds.filter((osd) => osd.in).length;
  const osd = `osd: ${osds.length} osds: ${up} up${osds.length > 0 ? ` (since ${since(ceph.since.up)})` : ""}, ${inside} in${osds.length > 0 ? ` (since ${since(ceph.since.in)})` : ""}`;
  const flags = ceph.flags.size > 0 ? [`         flags ${[...ceph.flags].join(",")}`] : [];
  return [`    ${mon}`, `    ${mgr}`, `    ${osd}`, ...flags];
}

function dataLines(world: World, ceph: CephCluster): readonly string[] {
  const now = world.clock.now();
  const { total, used, available } = cephUsage(ceph);
  const pgs = ceph.pools.reduce((sum, pool) => sum + pool.pgNum, 0);
  const objects = ceph.pools.reduce((sum, pool) => sum + objectsOf(ceph, pool), 0);
  const stored = ceph.pools.reduce((sum, pool) => sum + storedIn(ceph, pool), 0);
  const shown = pgLines(ceph, now, pgs);
  return [
    `    pools:   ${ceph.pools.length} pools, ${pgs} pgs`,
    `    objects: ${objects} objects, ${bytesText(stored)}`,
    `    usage:   ${bytesText(used)} used, ${bytesText(available)} / ${bytesText(total)} avail`,
    ...(shown.length === 0
      ? ["    pgs:     "]
      : shown.map((line, index) => `    ${index === 0 ? "pgs:     " : "         "}${line}`)),
  ];
}

function pgLines(ceph: CephCluster, now: number, all: number): readonly string[] {
  const states = allPgStates(ceph, now);
  const width = Math.max(0, ...states.map(({ count }) => String(count).length));
  const share = (pattern: RegExp) => {
    const found = states.reduce((sum, { state, count }) => (pattern.test(state) ? sum + count : sum), 0);
    return found === 0 ? [] : [((found / all) * 100).toFixed(3)];
  };
  const objects = degradedObjects(ceph, now);
  return [
    ...share(/^unknown$/).map((percent) => `${percent}% pgs unknown`),
    ...share(/^(?!unknown)(?!.*active)/).map((percent) => `${percent}% pgs not active`),
    ...(objects.degraded > 0 ? [objectsText(objects)] : []),
    ...states.map(({ state, count }) => `${String(count).padEnd(width)} ${state}`),
  ];
}
