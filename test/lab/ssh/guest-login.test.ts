import { afterAll, beforeAll, expect, test } from "vitest";
import { findGuest } from "../../../lab/state/guest-place.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { untilLab } from "../../support/lab-faults.ts";
import { type OpenLab, openLab } from "./open-lab.ts";

const IMAGE = "https://cloud.debian.org/images/cloud/trixie/latest/debian-13-genericcloud-amd64.qcow2";
const SSH = "ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null";
const INTERFACES = "pvesh get /nodes/pve1/qemu/100/agent/network-get-interfaces --output-format json";

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
  const made = await lab.run(
    "pve1",
    `curl -fsSL -o /root/image.qcow2 ${IMAGE} && qm create 100 --agent 1 --net0 virtio,bridge=vmbr0 \
      --ipconfig0 ip=10.10.10.50/24,gw=10.10.10.1 --sshkeys /etc/pve/priv/authorized_keys \
      --scsi0 local-lvm:0,import-from=/root/image.qcow2 --scsi1 local-lvm:cloudinit --boot order=scsi0 && qm start 100`,
  );
  expect(made).toMatchObject({ code: 0 });
  const guest = findGuest(lab.world, nodeOf(lab.world, "pve1"), 100)?.guest;
  await untilLab(() => guest !== undefined && guest.silentUntil <= lab.world.clock.now());
});
afterAll(() => lab[Symbol.asyncDispose]());

test.each([
  ["pve1", "root@10.10.10.50 true", /root@10\.10\.10\.50: Permission denied \(publickey\)/],
  ["pve2", "debian@10.10.10.50 true", /debian@10\.10\.10\.50: Permission denied \(publickey\)/],
  ["pve1", "debian@10.10.10.51 true", /No route to host/],
])("a machine does not let in %s as %s", async (node, words, text) => {
  const ran = await lab.run(node, `${SSH} ${words}`);
  expect(ran.stderr).toMatch(text);
  expect(ran.code).toBe(255);
});

test("Debian's image answers through the agent once it was installed and started, by the account that cloud-init opened", async () => {
  expect((await lab.run("pve1", INTERFACES)).stderr).toContain("QEMU guest agent is not running");
  const start = "sudo systemctl start qemu-guest-agent";
  expect(await lab.run("pve1", `${SSH} debian@10.10.10.50 "${start}"`)).toMatchObject({ code: 5 });
  const install = "cloud-init status --wait; sudo apt-get update -q && sudo apt-get install -qy qemu-guest-agent";
  expect(await lab.run("pve1", `${SSH} debian@10.10.10.50 "${install} && ${start}"`)).toMatchObject({ code: 0 });
  expect((await lab.run("pve1", INTERFACES)).stdout).toContain("hardware-address");
});

test("qm create refuses keys in a file that is not there", async () => {
  const ran = await lab.run("pve1", "qm create 101 --sshkeys /root/absent.pub");
  expect(ran.stderr).toContain("can't open '/root/absent.pub' - No such file or directory");
  expect(ran.code).not.toBe(0);
});
