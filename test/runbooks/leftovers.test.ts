import { describe, expect, it } from "vitest";
import { type ScriptEnd, scriptOnNode } from "./script-on-node.ts";

/** More than this of a line is cut in the outcome's reason, and only the last two lines are in it. */
const SHOWN = 150;

const PVESH = `case "$2" in
  */sdn/zones) printf '%s' "$ZONES" ;;
  */sdn/vnets) printf '%s' "$VNETS" ;;
  */config) printf '%s' "$CONFIG" ;;
  */status/current) printf '%s' "$STATUS" ;;
  *) printf '%s' "$ANSWER" ;;
esac
[ "$1" = set ] && echo "set $*" >&2
exit 0`;
const SAY = { hostname: "echo pve1" };
const json = (value: unknown) => JSON.stringify(value);

/** The two lines that name a leftover and its remedy, both short enough to be shown whole. */
function expectNamed({ code, stderr }: ScriptEnd, what: RegExp, remedy: RegExp): void {
  const lines = stderr.trim().split("\n").slice(-2);
  expect([code, lines.length], stderr).toEqual([1, 2]);
  expect(lines[0]).toMatch(what);
  expect(lines[1]).toMatch(remedy);
  expect(lines.filter((line) => line.length > SHOWN)).toEqual([]);
}

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

describe("#noms-sdn-libres", () => {
  const guard = (zones: readonly object[], vnets: readonly object[], type = "vxlan") =>
    scriptOnNode(
      "noms-sdn-libres",
      {
        ...{ sdn_zone: "projet", sdn_vnet: "vnet1", sdn_type: type, sdn_tag: "10001" },
        ...{ ZONES: json(zones), VNETS: json(vnets) },
      },
      { pvesh: PVESH },
    );
  const ours = { zone: "projet", type: "vxlan" };

  it.each<[string, readonly object[], readonly object[]]>([
    ["nothing", [], []],
    ["ours", [ours], [{ vnet: "vnet1", zone: "projet", tag: 10_001 }]],
    ["another zone with our number", [ours], [{ vnet: "autre", zone: "ailleurs", tag: 10_001 }]],
  ])("passes with %s", async (_, zones, vnets) => {
    expect(await guard(zones, vnets)).toMatchObject({ code: 0, stderr: "" });
  });

  it.each<[string, readonly object[], readonly object[], RegExp, RegExp]>([
    ["a zone of another type", [{ zone: "projet", type: "simple" }], [], /de type simple et non vxlan/, /sdn_zone/],
    ["a VNet of another zone", [ours], [{ vnet: "vnet1", zone: "dmz", tag: 7 }], /dans la zone dmz/, /sdn_vnet/],
  ])("names %s", async (_, zones, vnets, what, remedy) => {
    expectNamed(await guard(zones, vnets), what, remedy);
  });

  it("names the VNet that has our number", async () => {
    const { code, stderr } = await guard([ours], [{ vnet: "autre", zone: "projet", tag: "10001" }]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/le VNet autre de la zone projet porte déjà .*sdn_tag/)]);
  });
});

describe("#raccorder-pair", () => {
  const act = (config: object, status: string) =>
    scriptOnNode(
      "raccorder-pair",
      {
        ...{ noeud_pair: "pve1", vm_pair_id: "101", vm_pair_nom: "sdn-pair", vm_pair_adresse: "10.50.0.12" },
        ...{ sdn_vnet: "vnet1", sdn_reseau: "10.50.0.0/24", CONFIG: json(config), STATUS: json({ status }) },
      },
      { pvesh: PVESH },
    );

  it.each([
    ["with the card that the copy brought along", { name: "sdn-pair", net1: "virtio" }, / --delete net1$/],
    ["without one", { name: "sdn-pair" }, /ip=10\.50\.0\.12\/24$/],
  ])("connects a copy that never ran, %s", async (_, config, said) => {
    const { code, stderr } = await act(config, "stopped");
    expect([code, stderr.trim()]).toEqual([0, expect.stringMatching(said)]);
    expect(stderr).toContain("--net0 virtio,bridge=vnet1,mtu=1");
  });

  it.each<[string, object, string, RegExp]>([
    ["of another name", { name: "autre" }, "stopped", /s’appelle « autre ».*vm_pair_id/s],
    ["that runs", { name: "sdn-pair" }, "running", /la VM 101 tourne/],
    ["whose copy was cut", { lock: "clone", name: "sdn-pair" }, "stopped", /a été interrompue.*qm destroy 101/s],
  ])("leaves one alone %s", async (_, config, status, says) => {
    const { code, stderr } = await act(config, status);
    expect([code, stderr]).toEqual([1, expect.stringMatching(says)]);
    expect(stderr).not.toContain("--net0");
  });
});
