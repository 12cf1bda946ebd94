import { type Guest, guestCores, guestMemory, guestName } from "../../state/guest.ts";
import { disksOf } from "../../state/guest-disks.ts";
import { cardsOf } from "../../state/guest-network.ts";
import type { NodeState } from "../../state/node.ts";
import { parseProperties } from "../../state/property-string.ts";
import { volumePath } from "../../state/volumes.ts";
import type { World } from "../../state/world.ts";

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
    ...disksOf(config).flatMap((disk) => driveOption(world, node, disk.key, disk.volid)),
    ...cardsOf(guest).map(({ key, model, mac }) => cardOption(key, model, mac)),
  ];
}

function driveOption(world: World, node: NodeState, key: string, volid: string): string[] {
  const storage = node.database.storages.find(({ id }) => volid.startsWith(`${id}:`));
  if (!storage) return [];
  const path = volumePath(storage, volid);
  const options = "if=none,format=raw,cache=none,aio=io_uring,detect-zeroes=on";
  if (world.dialect === "8.4") return [`-drive 'file=${path},id=drive-${key},${options}'`];
  return [`-blockdev '{"driver":"throttle","file":{"driver":"raw","filename":"${path}"},"node-name":"drive-${key}"}'`];
}

function cardOption(key: string, model: string, mac: string): string {
  const device = model === "virtio" ? "virtio-net-pci" : model;
  return `-device '${device},mac=${mac},netdev=${key},id=${key}'`;
}
