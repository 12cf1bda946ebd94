import { type Guest, guestCores, guestMemory, guestName } from "../../state/guest.ts";
import { cardsOf } from "../../state/guest-network.ts";
import type { NodeState } from "../../state/node.ts";
import { parseProperties } from "../../state/property-string.ts";
import type { World } from "../../state/world.ts";
import { driveOptions } from "./kvm-drives.ts";

/** The command line of QEMU for a machine, one option with its value a line: what matters of it, in the recorded forms. */
export function kvmCommand(world: World, node: NodeState, guest: Guest): string[] {
  const { vmid, config } = guest;
  const uuid = parseProperties(config.get("smbios1") ?? "").get("uuid");
  const cores = guestCores(guest);
  const run = "/var/run/qemu-server";
  return [
    "/usr/bin/kvm",
    `-id ${vmid}`,
    `-name '${guestName(guest)},debug-threads=on'`,
    "-no-shutdown",
    `-chardev 'socket,id=qmp,path=${run}/${vmid}.qmp,server=on,wait=off'`,
    "-mon 'chardev=qmp,mode=control'",
    `-pidfile ${run}/${vmid}.pid`,
    "-daemonize",
    ...(uuid === undefined ? [] : [`-smbios 'type=1,uuid=${uuid}'`]),
    `-smp '${cores},sockets=${config.get("sockets") ?? 1},cores=${config.get("cores") ?? 1},maxcpus=${cores}'`,
    "-nodefaults",
    `-vnc 'unix:${run}/${vmid}.vnc,password=on'`,
    `-cpu ${config.get("kvm") === "0" ? "qemu64" : (config.get("cpu") ?? "kvm64")}`,
    `-m ${guestMemory(guest) / 2 ** 20}`,
    ...driveOptions(world, node, guest),
    ...cardsOf(guest).flatMap(({ key, model, mac }) => cardOptions(vmid, key, model, mac)),
  ];
}

function cardOptions(vmid: number, key: string, model: string, mac: string): readonly string[] {
  const device = model === "virtio" ? "virtio-net-pci" : model;
  const scripts = "/usr/libexec/qemu-server/pve-bridge";
  return [
    `-netdev 'type=tap,id=${key},ifname=tap${vmid}i${key.slice(3)},script=${scripts},downscript=${scripts}down'`,
    `-device '${device},mac=${mac},netdev=${key},id=${key}'`,
  ];
}
