import { createHash } from "node:crypto";
import type { Disk } from "../hardware.ts";
import type { Print } from "../tasks.ts";
import type { World } from "../world.ts";
import type { CephOsd } from "./ceph-cluster.ts";

/** Prints what `ceph-volume lvm create` prints for an OSD, with its pauses. */
export async function printCreation(
  world: World,
  osd: CephOsd,
  disk: Disk,
  print: Print,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  const { id, device, fsid } = osd;
  const group = groupOf(osd);
  const volume = `osd-block-${fsid}`;
  const mount = `/var/lib/ceph/osd/ceph-${id}`;
  const run = (command: string) => print(`Running command: ${command}\n`);
  print(`create OSD on ${device} (bluestore)\nwiping block device ${device}\n`);
  print("200+0 records in\n200+0 records out\n");
  print(`209715200 bytes (210 MB, 200 MiB) copied, 0.5${disk.serial.length} s, 384 MB/s\n`);
  await sleep(900);
  run("/bin/ceph-authtool --gen-print-key");
  run(
    `/bin/ceph --cluster ceph --name client.bootstrap-osd --keyring /var/lib/ceph/bootstrap-osd/ceph.keyring -i - osd new ${fsid}`,
  );
  run(`vgcreate --force --yes ${group} ${device}`);
  print(` stdout: Physical volume "${device}" successfully created.\n`);
  print(` stdout: Volume group "${group}" successfully created\n`);
  run(`lvcreate --yes -l ${Math.floor(osd.size / (4 * 2 ** 20))} -n ${volume} ${group}`);
  print(` stdout: Logical volume "${volume}" created.\n`);
  await sleep(900);
  run("/bin/ceph-authtool --gen-print-key");
  run(`/bin/mount -t tmpfs tmpfs ${mount}`);
  print("--> Executable selinuxenabled not in PATH: /sbin:/bin:/usr/sbin:/usr/bin\n");
  run(`/bin/chown -h ceph:ceph /dev/${group}/${volume}`);
  run("/bin/chown -R ceph:ceph /dev/dm-5");
  run(`/bin/ln -s /dev/${group}/${volume} ${mount}/block`);
  run(
    `/bin/ceph --cluster ceph --name client.bootstrap-osd --keyring /var/lib/ceph/bootstrap-osd/ceph.keyring mon getmap -o ${mount}/activate.monmap`,
  );
  print(` stderr: got monmap epoch ${world.nodes.get(osd.node)?.database.ceph.epochs.monmap ?? 1}\n`);
  print(`--> Creating keyring file for osd.${id}\n`);
  run(`/bin/chown -R ceph:ceph ${mount}/keyring`);
  run(`/bin/chown -R ceph:ceph ${mount}/`);
  run(
    `/bin/ceph-osd --cluster ceph --osd-objectstore bluestore --mkfs -i ${id} --monmap ${mount}/activate.monmap --keyfile - --osd-data ${mount}/ --osd-uuid ${fsid} --setuser ceph --setgroup ceph`,
  );
  await sleep(2200);
  print(`--> ceph-volume lvm prepare successful for: ${device}\n`);
  run(`/bin/chown -R ceph:ceph ${mount}`);
  run(
    `/bin/ceph-bluestore-tool --cluster=ceph prime-osd-dir --dev /dev/${group}/${volume} --path ${mount} --no-mon-config`,
  );
  run(`/bin/ln -snf /dev/${group}/${volume} ${mount}/block`);
  run(`/bin/systemctl enable ceph-volume@lvm-${id}-${fsid}`);
  run(`/bin/systemctl enable --runtime ceph-osd@${id}`);
  run(`/bin/systemctl start ceph-osd@${id}`);
  await sleep(400);
  print(`--> ceph-volume lvm activate successful for osd ID: ${id}\n`);
  print(`--> ceph-volume lvm create successful for: ${device}\n`);
}

/** Name of an OSD's volume group: made once, from its fsid. */
export function groupOf(osd: CephOsd): string {
  const hex = createHash("sha1").update(osd.fsid).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `ceph-${parts.join("-")}`;
}
