import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import type { World } from "../world.ts";
import { startMgr, startMon, startOsd, stopMgr, stopMon, stopOsd } from "./daemons.ts";

/** Starts, stops or restarts a daemon of this node: "mon.pve1", "mgr.pve1", "osd.0", or all of them with "ceph.target". */
export async function controlDaemon(
  world: World,
  node: NodeState,
  service: string,
  verb: "start" | "stop" | "restart",
  signal: AbortSignal,
): Promise<void> {
  if (verb !== "start") apply(world, node, service, "stop");
  if (verb === "restart") await world.clock.sleep(500, signal);
  if (verb !== "stop") apply(world, node, service, "start");
}

function apply(world: World, node: NodeState, service: string, verb: "start" | "stop"): void {
  const { ceph } = node.database;
  const [kind = "", id] = service.split(".");
  const all = kind === "ceph";
  const wants = (daemon: string) => all || (kind === daemon && (id === undefined || id === node.name));
  let found = all;
  for (const mon of ceph.mons.filter((each) => each.name === node.name && wants("mon"))) {
    found = true;
    if (verb === "start") startMon(world, ceph, mon);
    else stopMon(world, ceph, mon, "told");
  }
  if (ceph.mgrs.some((each) => each.name === node.name) && wants("mgr")) {
    found = true;
    if (verb === "start") startMgr(world, ceph, node.name);
    else stopMgr(world, ceph, node.name, "told");
  }
  for (const osd of ceph.osds.filter((each) => each.node === node.name)) {
    if (!all && !(kind === "osd" && (id === undefined || id === String(osd.id)))) continue;
    found = true;
    if (verb === "start") startOsd(world, ceph, osd);
    else stopOsd(world, ceph, osd, "told");
  }
  if (!found) {
    throw new PveError(
      `command '/bin/systemctl ${verb} ceph-${kind}@${id ?? ""}.service' failed: exit code ${verb === "start" ? 1 : 5}`,
    );
  }
}
