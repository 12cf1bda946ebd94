import { INTERFACES_FILE, interfacesText, PENDING_FILE, readInterfaces } from "./network-config.ts";
import { parseNetworkText } from "./network-file.ts";
import type { NodeState } from "./node.ts";
import { PveError } from "./pve-error.ts";
import { FRR_FILE, frrConfig } from "./sdn-frr.ts";
import { renderSdnInterfaces, SDN_FILE } from "./sdn-interfaces.ts";
import { linksOf } from "./sdn-links.ts";
import type { Print, Task } from "./task.ts";
import { startTask } from "./tasks.ts";
import type { World } from "./world.ts";

/** Lab milliseconds of one `ifreload -a`. */
const RELOAD_MS = 1500;

/** PUT nodes/NODE/network: puts the waiting configuration in force, writes the SDN's part and reloads both. */
export function startReload(world: World, node: NodeState, user: string): Task {
  const foreign = world.faults.foreignIfupdown.get(node.name);
  if (foreign !== undefined) {
    const question = "Did you installed from Proxmox repositories?";
    throw new PveError(`incompatible 'ifupdown2' package version '${foreign}'! ${question}`);
  }
  return startTask(world, node, { type: "srvreload", id: "networking", user }, (print, signal) =>
    reload(world, node, print, signal),
  );
}

/** `ifreload -a`: the running interfaces become what the files say, the SDN's only when the main file takes them in. */
export function reloadInterfaces(node: NodeState): void {
  const text = node.files.get(INTERFACES_FILE);
  if (text !== undefined) node.interfaces.splice(0, node.interfaces.length, ...readInterfaces(node, text));
  const sdn = node.files.get(SDN_FILE);
  node.sdn.links = sdn !== undefined && takesSdnIn(node) ? linksOf(node, sdn) : [];
}

/** Whether /etc/network/interfaces has the line without which the SDN is never brought up. */
export function takesSdnIn(node: NodeState): boolean {
  return parseNetworkText(interfacesText(node)).sources.some((path) =>
    /^\/etc\/network\/interfaces\.d\/(?:sdn|\*)?$/.test(path),
  );
}

async function reload(world: World, node: NodeState, print: Print, signal: AbortSignal): Promise<void> {
  const waiting = node.files.get(PENDING_FILE);
  if (waiting !== undefined) node.files.set(INTERFACES_FILE, waiting);
  node.files.delete(PENDING_FILE);
  const { running } = node.database.sdn;
  if (running) {
    if (!takesSdnIn(node)) print("missing 'source /etc/network/interfaces.d/sdn' directive for SDN support!\n");
    node.files.set(SDN_FILE, renderSdnInterfaces(node, running));
    if (world.dialect === "9") node.files.set(FRR_FILE, frrConfig(node, true));
    if (world.faults.halfDnsmasq.has(node.name)) {
      // The node's own task was not recorded; what the outer one printed was, and that nothing came up.
      const reason = "command 'systemctl disable dnsmasq@' failed: exit code 1";
      print(`Could not run before_regenerate for DHCP plugin dnsmasq ${reason} \n`);
      throw new PveError(reason);
    }
  }
  await world.clock.sleep(RELOAD_MS, signal);
  reloadInterfaces(node);
}
