import { randomUUID } from "node:crypto";
import { newGuest } from "./guest.ts";
import type { Scenario } from "./scenario.ts";
import { markStarted } from "./vm-power.ts";
import { newMac } from "./vm-values.ts";
import { keepVolume, storageOf } from "./volumes.ts";
import { nodeOf, type World } from "./world.ts";

const GIB = 2 ** 30;
const DISK_GIB = 32;
const STORAGE = "local-lvm";

/** The machines in which some of the nodes live, running on the nodes that host them. */
export function openHostedNodes(world: World, scenario: Scenario): void {
  for (const { nom, heberge, "en-marche-depuis": uptime } of scenario.noeuds) {
    if (heberge === undefined) continue;
    const host = nodeOf(world, heberge.sur);
    const guest = newGuest(heberge.id);
    const name = `vm-${heberge.id}-disk-0`;
    const volid = `${STORAGE}:${name}`;
    const ctime = world.clock.seconds() - uptime - 3600;
    keepVolume(host, storageOf(host, STORAGE), {
      ...{ volid, content: "images", format: "raw", size: DISK_GIB * GIB, used: DISK_GIB * GIB * 0.3 },
      ...{ vmid: heberge.id, ctime },
    });
    const values: Readonly<Record<string, string>> = {
      boot: "order=scsi0;net0",
      cores: "2",
      cpu: "host",
      memory: "8192",
      meta: `creation-qemu=${world.dialect === "9" ? "10.1.2" : "9.2.0"},ctime=${ctime}`,
      name: nom,
      net0: `virtio=${newMac()},bridge=vmbr0`,
      onboot: "1",
      ostype: "l26",
      scsi0: `${volid},iothread=1,size=${DISK_GIB}G`,
      scsihw: "virtio-scsi-single",
      smbios1: `uuid=${randomUUID()}`,
      sockets: "1",
      vmgenid: randomUUID(),
    };
    for (const [key, value] of Object.entries(values)) guest.config.set(key, value);
    guest.hostedNode = nom;
    host.guests.set(heberge.id, guest);
    markStarted(world, host, guest);
    guest.startedAt = world.clock.now() - uptime * 1000;
  }
}
