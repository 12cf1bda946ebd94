import type { CephCluster } from "../../state/ceph/ceph-cluster.ts";
import { cephUsage, storedIn } from "../../state/ceph/ceph-usage.ts";
import { degradedObjects } from "../../state/ceph/health.ts";
import { allPgStates, objectsOf } from "../../state/ceph/placement.ts";
import { releaseOf } from "../../state/ceph/release.ts";
import type { NodeState } from "../../state/node.ts";
import type { World } from "../../state/world.ts";
import { healthJson } from "./ceph-health.ts";

/** What `ceph status -f json` says. */
export function cephStatus(world: World, node: NodeState) {
  const { ceph } = node.database;
  const { epochs, mons } = ceph;
  return {
    ...headOf(world, node, false),
    monmap: { epoch: epochs.monmap, min_mon_release_name: releaseName(node), num_mons: mons.length },
    osdmap: osdmap(ceph),
    pgmap: pgmap(world, ceph),
    fsmap: { epoch: 1, by_rank: [], "up:standby": 0 },
    mgrmap: {
      available: ceph.activeMgr !== undefined,
      num_standbys: standbys(ceph).length,
      modules: ["iostat", "nfs"],
      services: {},
    },
    servicemap: servicemap(ceph),
    progress_events: {},
  };
}

/** What the API says: the same with the whole maps of monitors and managers, and the details of the checks. */
export function cephApiStatus(world: World, node: NodeState) {
  const { ceph } = node.database;
  return {
    ...headOf(world, node, true),
    monmap: monmap(node),
    osdmap: osdmap(ceph),
    pgmap: pgmap(world, ceph),
    fsmap: { epoch: 1, by_rank: [], "up:standby": 0 },
    mgrmap: mgrmap(ceph),
    servicemap: servicemap(ceph),
    progress_events: {},
  };
}

function headOf(world: World, node: NodeState, details: boolean) {
  const { ceph } = node.database;
  const inQuorum = ceph.mons.flatMap((mon, rank) => (mon.inQuorum ? [{ name: mon.name, rank }] : []));
  return {
    fsid: ceph.config?.fsid ?? "",
    health: healthJson(world, ceph, details),
    election_epoch: ceph.epochs.election,
    quorum: inQuorum.map(({ rank }) => rank),
    quorum_names: inQuorum.map(({ name }) => name),
    quorum_age: Math.floor((world.clock.now() - ceph.since.quorum) / 1000),
  };
}

function osdmap({ osds, epochs, since }: CephCluster) {
  return {
    epoch: epochs.osdmap,
    num_osds: osds.length,
    num_up_osds: osds.filter((osd) => osd.up).length,
    osd_up_since: Math.floor(since.up / 1000),
    num_in_osds: osds.filter((osd) => osd.in).length,
    osd_in_since: Math.floor(since.in / 1000),
    num_remapped_pgs: 0,
  };
}

function pgmap(world: World, ceph: CephCluster) {
  const now = world.clock.now();
  const { total, used, available } = cephUsage(ceph);
  const states = allPgStates(ceph, now);
  const all = ceph.pools.reduce((sum, pool) => sum + pool.pgNum, 0);
  const ratio = (pattern: RegExp) => {
    const found = states.reduce((sum, { state, count }) => (pattern.test(state) ? sum + count : sum), 0);
    return found / all;
  };
  const [unknown, inactive] = [ratio(/^unknown$/), ratio(/^(?!unknown)(?!.*active)/)];
  const objects = degradedObjects(ceph, now);
  return {
    pgs_by_state: states.map(({ state, count }) => ({ state_name: state, count })),
    num_pgs: all,
    num_pools: ceph.pools.length,
    num_objects: ceph.pools.reduce((sum, pool) => sum + objectsOf(ceph, pool), 0),
    data_bytes: ceph.pools.reduce((sum, pool) => sum + storedIn(ceph, pool), 0),
    bytes_used: used,
    bytes_avail: available,
    bytes_total: total,
    ...(unknown > 0 ? { unknown_pgs_ratio: unknown } : {}),
    ...(inactive > 0 ? { inactive_pgs_ratio: inactive } : {}),
    ...(objects.degraded > 0
      ? {
          degraded_objects: objects.degraded,
          degraded_total: objects.all,
          degraded_ratio: objects.degraded / objects.all,
        }
      : {}),
  };
}

/** The whole map of monitors, also what `quorum_status` shows. */
export function monmap(node: NodeState) {
  const { ceph } = node.database;
  const { epochs, mons, config } = ceph;
  const date = (at: number | undefined) => new Date(at ?? 0).toISOString().replace(/Z$/, "000Z");
  return {
    epoch: epochs.monmap,
    fsid: config?.fsid ?? "",
    modified: date(mons.at(-1)?.createdAt),
    created: date(mons[0]?.createdAt),
    min_mon_release: Number(releaseOf(node.ceph.release ?? "squid").series.split(".")[0]),
    min_mon_release_name: releaseName(node),
    election_strategy: 1,
    "disallowed_leaders: ": "",
    stretch_mode: false,
    tiebreaker_mon: "",
    "removed_ranks: ": "",
    features: { persistent: FEATURES, optional: [] },
    mons: mons.map(({ name, address }, rank) => ({
      rank,
      name,
      public_addrs: {
        addrvec: [
          { type: "v2", addr: `${address}:3300`, nonce: 0 },
          { type: "v1", addr: `${address}:6789`, nonce: 0 },
        ],
      },
      addr: `${address}:6789/0`,
      public_addr: `${address}:6789/0`,
      priority: 0,
      weight: 0,
      crush_location: "{}",
    })),
    quorum: mons.flatMap((mon, rank) => (mon.inQuorum ? [rank] : [])),
  };
}

function mgrmap(ceph: CephCluster) {
  const { activeMgr, mgrs, epochs, since } = ceph;
  const active = mgrs.find((mgr) => mgr.name === activeMgr);
  const nonce = 2_820_234_041;
  const [one, two] = [`${active?.address ?? "-"}:6800`, `${active?.address ?? "-"}:6801`];
  return {
    epoch: epochs.mgrmap,
    active_gid: active ? 4108 : 0,
    active_name: activeMgr ?? "",
    active_addr: `${two}/${nonce}`,
    active_addrs: {
      addrvec: active
        ? [
            { type: "v2", addr: one, nonce },
            { type: "v1", addr: two, nonce },
          ]
        : [],
    },
    active_change: new Date(since.manager).toISOString().replace(/Z$/, "000+0000"),
    active_mgr_features: 4_540_138_322_906_710_000,
    active_clients: [],
    available: active !== undefined,
    standbys: standbys(ceph).map((mgr, index) => ({
      gid: 4122 + index,
      name: mgr.name,
      mgr_features: 4_540_138_322_906_710_000,
      available_modules: [],
    })),
    modules: ["iostat", "nfs"],
    available_modules: [],
    services: {},
    always_on_modules: Object.fromEntries(
      ["octopus", "pacific", "quincy", "reef", "squid"].map((name) => [name, ALWAYS_ON]),
    ),
    last_failure_osd_epoch: 0,
    flags: 0,
  };
}

function servicemap(ceph: CephCluster) {
  return {
    epoch: 2,
    modified: new Date(ceph.since.manager).toISOString().replace(/Z$/, "000+0000"),
    services: {},
  };
}

/** Managers that wait. */
function standbys(ceph: CephCluster) {
  return ceph.mgrs.filter((mgr) => mgr.running && mgr.name !== ceph.activeMgr);
}

function releaseName(node: NodeState): string {
  return node.ceph.release ?? "squid";
}

const FEATURES = [
  ...["kraken", "luminous", "mimic", "osdmap-prune", "nautilus", "octopus", "pacific", "elector-pinging"],
  ...["quincy", "reef"],
];

const ALWAYS_ON = [
  ...["balancer", "crash", "devicehealth", "orchestrator", "pg_autoscaler", "progress", "rbd_support", "status"],
  ...["telemetry", "volumes"],
];
