import { describe, expect, it } from "vitest";
import { expectNamed } from "./expect-named.ts";
import { json, PVESH, SAY } from "./pretended-node.ts";
import { scriptOnNode } from "./script-on-node.ts";

describe("#un-seul-cluster", () => {
  const config = (name: string) => `totem {\n  cluster_name: ${name}\n  version: 2\n}\n`;
  const guard = (text: string) =>
    scriptOnNode("un-seul-cluster", { cluster_nom: "pve-cluster", TEXT: text }, { ...SAY, cat: `printf '%s' "$TEXT"` });

  it.each([
    ["no cluster", "", "aucun cluster\n"],
    ["ours", config("pve-cluster"), "cluster pve-cluster\n"],
  ])("passes with %s", async (_, text, stdout) => {
    expect(await guard(text)).toEqual({ code: 0, stdout, stderr: "" });
  });

  it("names another cluster, and how its rest is taken away", async () => {
    expectNamed(await guard(config("essai")), /pve1 est déjà dans un cluster, « essai »/, /rm -r .*corosync\.conf/);
  });
});

describe.each(["pve1", "pve2", "pve3"])("#traces-%s", (node) => {
  const guard = (signatures: string, parts: string) =>
    scriptOnNode(
      `traces-${node}`,
      { [`osd_${node}_reel`]: "/dev/sdb", SIGNATURES: signatures, PARTS: parts },
      {
        hostname: `echo ${node}`,
        wipefs: `[ "$*" = "-n /dev/sdb" ] && printf '%s' "$SIGNATURES"`,
        lsblk: `printf '%s' "$PARTS"`,
      },
    );
  const row = (type: string) => `DEVICE OFFSET TYPE UUID LABEL\nsdb 0x218 ${type} abc \n`;

  it("passes a disk that nothing was ever written to", async () => {
    expect(await guard("", "sdb disk  100G\n")).toEqual({ code: 0, stdout: "/dev/sdb est vierge\n", stderr: "" });
  });

  it.each([
    ["an LVM volume", row("LVM2_member"), "sdb disk LVM2_member 100G\n", /un volume LVM \(LVM2_member\)/, /wipefs -a/],
    [
      "an OSD of an earlier try",
      row("LVM2_member"),
      "sdb disk LVM2_member 100G\nceph--1-osd--block--2 lvm ceph_bluestore 100G\n",
      /un OSD que ce Ceph n’a pas en service/,
      /ceph-volume lvm activate --all/,
    ],
    ["a ZFS pool", row("zfs_member"), "sdb disk zfs_member 100G\n", /un volume ZFS/, /wipefs -a/],
    ["a software RAID", row("linux_raid_member"), "sdb disk linux_raid_member 1G\n", /un RAID logiciel/, /wipefs/],
    ["a partition", row("gpt"), "sdb disk  100G\nsdb1 part ext4 100G\n", /des partitions/, new RegExp(`osd_${node}`)],
  ])("names %s", async (_, signatures, parts, what, remedy) => {
    expectNamed(await guard(signatures, parts), what, remedy);
  });

  it("fails on a disk that cannot be read", async () => {
    const ran = await scriptOnNode(`traces-${node}`, { [`osd_${node}_reel`]: "/dev/sdb" }, { wipefs: "exit 1" });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
  });
});

describe("#restes-ceph", () => {
  const guard = (folders: string) =>
    scriptOnNode(
      "restes-ceph",
      { reseau_ceph: "10.202.0.0/16", FOLDERS: folders },
      // As the real one: it lists what there is, and fails for the pattern that finds nothing.
      { ...SAY, ls: `[ -z "$FOLDERS" ] || echo "$FOLDERS"; exit 2` },
    );

  it("passes where Ceph has never been", async () => {
    expect(await guard("")).toMatchObject({ code: 0, stdout: "aucun reste d’un Ceph antérieur\n" });
  });

  it.each([
    ["passes that of our network", "10.202.0.0/16", 0],
    ["passes that of our network as the web wizard writes it", "10.202.4.31/16", 0],
    ["names that of another network where the node has an address too", "192.168.7.0/24", 1],
    ["names that of a network where the node has none", "172.16.0.0/12", 1],
  ])("of a configuration that is there, %s", async (_, network, code) => {
    const ran = await scriptOnNode(
      "restes-ceph",
      { reseau_ceph: "10.202.0.0/16" },
      {
        ...{ ...SAY, ls: "exit 2" },
        ip: `case "$5" in
  10.202.*) echo "3: vmbr0 inet 10.202.4.31/16 scope global vmbr0 valid_lft $RANDOM" ;;
  192.*) echo "4: vmbr1 inet 192.168.7.31/24 scope global vmbr1" ;;
esac`,
      },
      { "/etc/pve/ceph.conf": `[global]\n\tpublic_network = ${network}\n` },
    );
    expect([ran.code, ran.stderr.includes(`est celui d’un Ceph sur ${network}`)], ran.stderr).toEqual([
      code,
      code === 1,
    ]);
  });

  it("names the folders of a Ceph whose configuration is gone", async () => {
    const { code, stdout, stderr } = await guard("/var/lib/ceph/mon/ceph-pve1");
    expect([code, stdout]).toEqual([1, "/var/lib/ceph/mon/ceph-pve1\n"]);
    expect(stderr).toMatch(/pve1 garde les dossiers .*pveceph purge/s);
  });
});

describe("#nom-stockage-libre", () => {
  const guard = (storages: readonly object[]) =>
    scriptOnNode("nom-stockage-libre", { vm_stockage: "ceph-vm", ANSWER: json(storages) }, { pvesh: PVESH });

  it.each([
    ["no storage", []],
    [
      "others",
      [
        { storage: "local", type: "dir" },
        { storage: "ceph-vm2", type: "rbd" },
      ],
    ],
  ])("passes with %s", async (_, storages) => {
    expect(await guard(storages)).toMatchObject({ code: 0, stdout: "le nom ceph-vm est libre\n" });
  });

  it.each([
    ["of another type", { storage: "ceph-vm", type: "dir", path: "/x" }, /existe déjà, de type dir$/],
    ["on another pool", { storage: "ceph-vm", type: "rbd", pool: "rbd" }, /de type rbd, sur le pool rbd$/],
  ])("names one %s", async (_, storage, what) => {
    expectNamed(await guard([{ storage: "local", type: "dir" }, storage]), what, /pvesm remove ceph-vm/);
  });
});

describe("#numero-libre", () => {
  const guard = (guests: readonly object[]) =>
    scriptOnNode("numero-libre", { vm_id: "100", vm_nom: "debian-test", ANSWER: json(guests) }, { pvesh: PVESH });

  it("passes when no guest has that number", async () => {
    const others = [{ id: "qemu/1001", vmid: 1001, name: "a", node: "pve1" }];
    expect(await guard(others)).toMatchObject({ code: 0, stdout: "le numéro 100 est libre\n" });
  });

  it.each([
    ["a machine", { id: "qemu/100", vmid: 100, name: "autre", node: "pve3", type: "qemu" }],
    ["a container, its number written as text", { id: "lxc/100", vmid: "100", name: "autre", node: "pve3" }],
  ])("names %s that has it", async (_, guest) => {
    expectNamed(await guard([guest]), /100 est celui de « autre », sur pve3/, /vm_id/);
  });
});
