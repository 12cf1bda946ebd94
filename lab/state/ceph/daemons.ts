import type { NodeState } from "../node.ts";
import { after } from "../schedule.ts";
import type { World } from "../world.ts";
import type { CephCluster, CephMon, CephOsd } from "./ceph-cluster.ts";
import { createMgrPool } from "./pools.ts";

/** How a daemon ends: told to (it says so to the others at once) or with its machine (they find out). */
export type Ending = "told" | "cut";

/** Lab milliseconds until the others have noticed: measured on real nodes for a power cut (9 to 12 s, 25 to 28 s). */
const NOTICED = { told: { mon: 2000, osd: 800, mgr: 500 }, cut: { mon: 10_500, osd: 26_500, mgr: 30_000 } } as const;
/** From the node's services to a monitor in quorum, and to an OSD up. */
const STARTED = { mon: 2500, osd: 3000, mgr: 1500 } as const;
/** mon_osd_down_out_interval */
const DOWN_OUT_MS = 600_000;

/** Ends a monitor; the quorum forgets it when it has noticed. */
export function stopMon(world: World, ceph: CephCluster, mon: CephMon, ending: Ending): void {
  if (!mon.running) return;
  mon.running = false;
  after(world, NOTICED[ending].mon, () => {
    if (!mon.running && mon.inQuorum) setQuorum(world, ceph, mon, false);
  });
}

/** Starts a monitor; it joins the quorum a moment later. */
export function startMon(world: World, ceph: CephCluster, mon: CephMon): void {
  if (mon.running) return;
  mon.running = true;
  after(world, STARTED.mon, () => {
    if (mon.running && !mon.inQuorum) setQuorum(world, ceph, mon, true);
  });
}

/** Ends an OSD; it is down when noticed, and out ten minutes later unless noout is set. */
export function stopOsd(world: World, ceph: CephCluster, osd: CephOsd, ending: Ending): void {
  if (!osd.running) return;
  osd.running = false;
  after(world, NOTICED[ending].osd, () => {
    if (!osd.running && osd.up) setUp(world, ceph, osd, false);
    after(world, DOWN_OUT_MS, () => {
      if (!osd.running && osd.in && !ceph.flags.has("noout")) setIn(world, ceph, osd, false);
    });
  });
}

/** Starts an OSD; it is up a moment later, and in again if it was put out for being down. */
export function startOsd(world: World, ceph: CephCluster, osd: CephOsd): void {
  if (osd.running) return;
  osd.running = true;
  after(world, STARTED.osd, () => {
    if (!osd.running) return;
    setUp(world, ceph, osd, true);
    if (!osd.in) setIn(world, ceph, osd, true);
  });
}

/** Ends a manager; a standby takes over when it has noticed. */
export function stopMgr(world: World, ceph: CephCluster, name: string, ending: Ending): void {
  const mgr = ceph.mgrs.find((each) => each.name === name);
  if (!mgr?.running) return;
  mgr.running = false;
  after(world, NOTICED[ending].mgr, () => {
    if (!mgr.running && ceph.activeMgr === name) elect(world, ceph);
  });
}

/** Starts a manager; it becomes active when there is no other. */
export function startMgr(world: World, ceph: CephCluster, name: string): void {
  const mgr = ceph.mgrs.find((each) => each.name === name);
  if (!mgr || mgr.running) return;
  mgr.running = true;
  after(world, STARTED.mgr, () => {
    if (mgr.running && ceph.activeMgr === undefined) elect(world, ceph);
  });
}

/** The daemons of a node go with its power and come back with it. */
export function followPower(world: World): void {
  world.events.on((event) => {
    if (event.type !== "power") return;
    const node = world.nodes.get(event.node);
    if (node) (event.power === "off" ? cutDaemons : startDaemons)(world, node);
  });
}

/** Says whether an OSD is up, with everything that follows from it. */
export function setUp(world: World, ceph: CephCluster, osd: CephOsd, up: boolean): void {
  if (osd.up === up) return;
  const now = world.clock.now();
  osd.up = up;
  ceph.since.up = now;
  ceph.epochs.osdmap += 1;
  if (!up) ceph.lastDownAt = now;
  if (!up || ceph.firstUpAt !== undefined) return;
  ceph.firstUpAt = now;
  createMgrPool(world, ceph);
}

/** Says whether an OSD holds data. */
export function setIn(world: World, ceph: CephCluster, osd: CephOsd, inside: boolean): void {
  if (osd.in === inside) return;
  osd.in = inside;
  ceph.since.in = world.clock.now();
  ceph.epochs.osdmap += 1;
}

function setQuorum(world: World, ceph: CephCluster, mon: CephMon, inQuorum: boolean): void {
  mon.inQuorum = inQuorum;
  ceph.since.quorum = world.clock.now();
  ceph.epochs.election += 2;
}

function elect(world: World, ceph: CephCluster): void {
  ceph.activeMgr = ceph.mgrs.find((mgr) => mgr.running)?.name;
  ceph.since.manager = world.clock.now();
  ceph.epochs.mgrmap += 1;
}

function cutDaemons(world: World, node: NodeState): void {
  const { ceph } = node.database;
  for (const mon of ceph.mons) if (mon.name === node.name) stopMon(world, ceph, mon, "cut");
  for (const osd of ceph.osds) if (osd.node === node.name) stopOsd(world, ceph, osd, "cut");
  stopMgr(world, ceph, node.name, "cut");
}

function startDaemons(world: World, node: NodeState): void {
  const { ceph } = node.database;
  for (const mon of ceph.mons) if (mon.name === node.name) startMon(world, ceph, mon);
  for (const osd of ceph.osds) if (osd.node === node.name) startOsd(world, ceph, osd);
  startMgr(world, ceph, node.name);
}
