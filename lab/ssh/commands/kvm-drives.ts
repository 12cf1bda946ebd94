import { createHash } from "node:crypto";
import type { StorageDefinition } from "../../state/cluster-database.ts";
import type { Guest } from "../../state/guest.ts";
import { type Disk, disksOf } from "../../state/guest-disks.ts";
import type { NodeState } from "../../state/node.ts";
import { volumePath } from "../../state/volumes.ts";
import type { World } from "../../state/world.ts";

/** QEMU's options for a machine's drives and the controllers they hang on, in the recorded forms of each version. */
export function driveOptions(world: World, node: NodeState, { config }: Guest): readonly string[] {
  const disks = disksOf(config).flatMap((disk) => {
    const storage = node.database.storages.find(({ id }) => id === disk.storage);
    return storage ? [{ disk, storage }] : [];
  });
  const single = config.get("scsihw") === "virtio-scsi-single";
  const controllers = [...new Set(disks.flatMap(({ disk }) => controller(disk, single, config.get("scsihw"))))];
  const nine = world.dialect === "9";
  const throttles = disks.map(
    ({ disk: { key } }) => `-object '{"id":"throttle-drive-${key}","limits":{},"qom-type":"throttle-group"}'`,
  );
  const drives = disks.flatMap(({ disk, storage }, index) => [
    nine ? `-blockdev '${JSON.stringify(throttled(storage, disk))}'` : drive(storage, disk),
    `-device '${device(disk, single, nine, 100 + index)}'`,
  ]);
  return [...(nine ? throttles : []), ...controllers, ...drives];
}

function controller({ key }: Disk, single: boolean, kind = "lsi"): readonly string[] {
  const [, number] = /^scsi(\d+)$/.exec(key) ?? [];
  if (number === undefined) return [];
  if (single) return [`-device 'virtio-scsi-pci,id=virtioscsi${number},bus=pci.3,addr=0x${Number(number) + 1}'`];
  return [`-device '${kind},id=scsihw0,bus=pci.0,addr=0x5'`];
}

function drive(storage: StorageDefinition, { key, volid }: Disk): string {
  const options = "format=raw,cache=none,aio=io_uring,detect-zeroes=on";
  return `-drive 'file=${volumePath(storage, volid)},if=none,id=drive-${key},${options}'`;
}

function device({ key, cdrom }: Disk, single: boolean, nine: boolean, bootIndex: number): string {
  const [, bus = "", number = "0"] = /^([a-z]+)(\d+)$/.exec(key) ?? [];
  const tail = `drive=drive-${key},id=${key}${nine ? `,device_id=drive-${key}` : ""},bootindex=${bootIndex}${nine ? ",write-cache=on" : ""}`;
  if (bus === "scsi") {
    const [hardware, unit] = single ? [`virtioscsi${number}`, "0"] : ["scsihw0", number];
    return `scsi-${cdrom ? "cd" : "hd"},bus=${hardware}.0,channel=0,scsi-id=${single ? "0" : unit},lun=${single ? number : "0"},${tail}`;
  }
  if (bus === "virtio") return `virtio-blk-pci,bus=pci.0,addr=0xa,${tail}`;
  return `ide-${cdrom ? "cd" : "hd"},bus=ide.${Number(number) >> 1},unit=${Number(number) % 2},${tail}`;
}

/** The three layers that version 9 stacks: a throttle over the format over the file. Keys in alphabetical order, as Perl's canonical JSON. */
function throttled(storage: StorageDefinition, { key, volid }: Disk) {
  const name = createHash("sha256").update(`${key} ${volid}`).digest("hex").slice(0, 30);
  const cache = { direct: true, "no-flush": false };
  const common = { "detect-zeroes": "on", discard: "ignore" };
  const bottom = { "node-name": `e${name}`, "read-only": false };
  const file = {
    ...common,
    ...{ driver: "raw", file: { ...source(storage, volid, cache, common), ...bottom }, "node-name": `f${name}` },
    "read-only": false,
  };
  return {
    ...common,
    ...{ driver: "throttle", file: { cache, ...file }, "node-name": `drive-${key}`, "read-only": false },
    "throttle-group": `throttle-drive-${key}`,
  };
}

/** A file, as recorded; an image of a pool, which was not, as the storage's plugin describes it. */
function source(storage: StorageDefinition, volid: string, cache: object, common: object) {
  if (storage.type !== "rbd")
    return { aio: "io_uring", cache, ...common, driver: "file", filename: volumePath(storage, volid) };
  const pool = storage.properties["pool"] ?? storage.id;
  const image = volid.slice(storage.id.length + 1);
  return { cache, conf: "/etc/pve/ceph.conf", ...common, driver: "rbd", image, pool, user: "admin" };
}
