import { randomUUID } from "node:crypto";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { Print } from "../tasks.ts";
import type { World } from "../world.ts";
import { assertInitialised } from "./assert-ceph.ts";
import type { CephCluster, CephMon } from "./ceph-cluster.ts";
import { addressIn } from "./local-address.ts";
import { addMgr, createMgr } from "./managers.ts";
import { releaseOf } from "./release.ts";

/** Throws at once what creating a monitor on this node is refused with. */
export function checkMon(node: NodeState): void {
  const config = assertInitialised(node);
  const { mons } = node.database.ceph;
  const address = addressIn(node, config.publicNetwork);
  if (mons.some((mon) => mon.address === address)) throw new PveError(`monitor address '${address}' already in use`);
  if (mons.some((mon) => mon.name === node.name)) throw new PveError(`monitor '${node.name}' already exists`);
}

/** Creates the monitor of a node, and its manager with the very first one; prints what the worker prints. */
export async function createMon(world: World, node: NodeState, print: Print, signal: AbortSignal): Promise<void> {
  checkMon(node);
  const { ceph } = node.database;
  node.ceph.linked = true;
  const first = ceph.mons.length === 0;
  const [arrow, folder] = world.dialect === "9" ? ["'", "/usr/lib"] : ["", "/lib"];
  if (first) printKeyrings(print);
  print("monmaptool: monmap file /tmp/monmap\n");
  if (first) print(`monmaptool: generated fsid ${randomUUID()}\n`);
  const before = monmapText(world, node, [...ceph.mons]);
  await world.clock.sleep(world.dialect === "9" ? 500 : 3000, signal);
  const mon = addMon(world, node);
  print(before(ceph.epochs.monmap - 1, mon));
  if (first) {
    print("created the first monitor, assume it's safe to disable insecure global ID reclaim for new setup\n");
    print("Configuring keyring for ceph-crash.service\n");
  }
  await world.clock.sleep(300, signal);
  const unit = `ceph-mon@${node.name}.service`;
  print(
    `Created symlink ${arrow}/etc/systemd/system/ceph-mon.target.wants/${unit}${arrow} -> ${arrow}${folder}/systemd/system/ceph-mon@.service${arrow}.\n`,
  );
  if (first) await createMgr(world, node, print, signal);
}

/** The change of state alone: a monitor that is in quorum. */
export function addMon(world: World, node: NodeState): CephMon {
  const { ceph } = node.database;
  const now = world.clock.now();
  const address = addressIn(node, ceph.config?.publicNetwork);
  const mon: CephMon = { name: node.name, address, createdAt: now, running: true, inQuorum: true };
  ceph.mons.push(mon);
  ceph.since.quorum = now;
  ceph.epochs.monmap += 1;
  ceph.epochs.election += 4;
  return mon;
}

/** Removes a monitor: never the last one. */
export function destroyMon(world: World, ceph: CephCluster, name: string): void {
  const index = ceph.mons.findIndex((mon) => mon.name === name);
  if (index < 0) throw new PveError(`no such monitor id '${name}'`);
  if (ceph.mons.length === 1) throw new PveError("can't remove last monitor");
  ceph.mons.splice(index, 1);
  ceph.since.quorum = world.clock.now();
  ceph.epochs.monmap += 1;
}

/** The manager of a scenario's node comes with its monitor. */
export function addServices(world: World, node: NodeState): void {
  addMon(world, node);
  addMgr(world, node);
}

function printKeyrings(print: Print): void {
  print("unable to get monitor info from DNS SRV with service name: ceph-mon\n");
  print("creating new monitor keyring\ncreating /etc/pve/priv/ceph.mon.keyring\n");
  print("importing contents of /etc/pve/priv/ceph.client.admin.keyring into /etc/pve/priv/ceph.mon.keyring\n");
}

type Member = Pick<CephMon, "address" | "name">;

/** What monmaptool prints about the map that the newcomer starts from. */
function monmapText(world: World, node: NodeState, others: readonly Member[]) {
  const { ceph } = node.database;
  const first = others.length === 0;
  const { series, name } = releaseOf(node.ceph.release ?? "squid");
  const created = dateText(ceph.mons[0]?.createdAt ?? world.clock.now());
  const changed = dateText(ceph.mons.at(-1)?.createdAt ?? world.clock.now());
  return (epoch: number, mon: Member): string => {
    const major = series.split(".")[0];
    const lines = [
      // The map is made before any monitor says what it can do.
      ...(first && world.dialect === "9" ? ["setting min_mon_release = pacific"] : []),
      `epoch ${epoch}`,
      `fsid ${ceph.config?.fsid ?? ""}`,
      `last_changed ${changed}`,
      `created ${created}`,
      `min_mon_release ${first ? (world.dialect === "9" ? "16 (pacific)" : "0 (unknown)") : `${major} (${name})`}`,
      "election_strategy: 1",
      ...[...others, mon].map(
        ({ address, name: id }, rank) => `${rank}: [v2:${address}:3300/0,v1:${address}:6789/0] mon.${id}`,
      ),
      `monmaptool: writing epoch ${epoch} to /tmp/monmap (${others.length + 1} monitors)`,
    ];
    return `${lines.join("\n")}\n`;
  };
}

/** As Ceph writes dates: "2026-11-22T11:12:39.817000+0000". */
function dateText(at: number): string {
  return new Date(at).toISOString().replace(/Z$/, "000+0000");
}
