import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMgr } from "../../../lab/state/ceph/daemons.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { formCluster } from "../../../lab/state/form-cluster.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type OpenLab, openLab } from "./open-lab.ts";

describe.each(["9", "8.4"] satisfies Dialect[])("Ceph's commands on Proxmox VE %s", (dialect) => {
  let lab: OpenLab;
  beforeAll(async () => {
    lab = await openLab(dialect);
    await formCluster(lab.world, "lab");
    for (const node of lab.world.nodes.values()) node.ceph.release = dialect === "9" ? "squid" : "quincy";
    await lab.run("pve1", "pveceph init --network 10.10.20.0/24");
    for (const name of lab.world.nodes.keys()) {
      expect(await lab.run(name, "pveceph mon create")).toMatchObject({ code: 0 });
    }
  }, 30_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  test("write every monitor into the configuration that all nodes see", async () => {
    const text = (await lab.run("pve2", "cat /etc/pve/ceph.conf")).output;
    expect(text).toMatch(/^\[mon\.pve3\]\n\tpublic_addr = 10\.10\.20\.13$/m);
  });

  test("make an OSD of a free disk, and refuse the disk then", async () => {
    for (const name of lab.world.nodes.keys()) {
      const made = await lab.run(name, "pveceph osd create /dev/sdb");
      expect(made.output).toMatch(/--> ceph-volume lvm create successful for: \/dev\/sdb\n$/);
      expect(made.code).toBe(0);
    }
    expect((await lab.run("pve1", "pveceph osd create /dev/sdb")).output).toBe("device '/dev/sdb' is already in use\n");
  });

  test("ceph finds the cluster by the file that it is told, on a node that has no link to it", async () => {
    const { ceph } = nodeOf(lab.world, "pve3");
    const { linked } = ceph;
    ceph.linked = false;
    const plain = await lab.run("pve3", "ceph versions");
    const told = await lab.run("pve3", "ceph versions -c /etc/pve/ceph.conf --connect-timeout 10");
    ceph.linked = linked;
    expect(plain.code).toBe(1);
    expect(Object.keys(JSON.parse(told.output).overall)).toEqual([
      expect.stringContaining(dialect === "9" ? " squid " : " quincy "),
    ]);
  });

  test("refuse a pool whose name is taken", async () => {
    const create = "pveceph pool create vmpool --add_storages 1 --pg_num 32";
    expect(await lab.run("pve1", create)).toMatchObject({ code: 0 });
    expect((await lab.run("pve1", "pveceph pool create vmpool")).output).toBe("pool 'vmpool' already exists\n");
  });

  test("keep HEALTH_OK apart from groups that are not clean yet", async () => {
    const { ceph } = nodeOf(lab.world, "pve1").database;
    for (const { name } of [...ceph.mgrs]) startMgr(lab.world, ceph, name);
    const pool = ceph.pools.find(({ name }) => name === "vmpool");
    if (!pool) throw new Error("no pool");
    ceph.pools[ceph.pools.indexOf(pool)] = { ...pool, createdAt: lab.world.clock.now() + 60_000 };
    const young = (await lab.run("pve1", "ceph -s")).output;
    expect(young).toMatch(/health: HEALTH_OK\n/);
    expect(young).toMatch(/pgs: {5}\d+\.\d{3}% pgs unknown\n {13}32 unknown\n/);
  });
});

test("ceph waits without a majority of monitors, and says so in the end", async () => {
  await using lab = await openLab("9");
  await formCluster(lab.world, "lab");
  for (const node of lab.world.nodes.values()) node.ceph.release = "squid";
  await lab.run("pve1", "pveceph init --network 10.10.20.0/24 && pveceph mon create");
  const [mon] = nodeOf(lab.world, "pve1").database.ceph.mons;
  if (mon) mon.inQuorum = false;
  const ran = await lab.run("pve1", "ceph -s");
  expect(ran).toMatchObject({ code: 1, stdout: "" });
  expect(ran.stderr).toContain("RADOS timed out");
});

test.each([
  ["a node without packages", "pveceph init", "binary not installed: /usr/bin/ceph-mon", 2],
  ["a release that this version has not", "pveceph install --version reef", "value 'reef' does not have a value", 255],
  ["the enterprise repository without a subscription", "echo y | pveceph install", "401  Unauthorized", 255],
  ["nobody who answers apt", "pveceph install --repository no-subscription", "Abort.", 255],
  ["no configuration", "ceph -s", "error calling conf_read_file", 1],
])("pveceph refuses %s", async (_what, command, says, code) => {
  await using lab = await openLab("9");
  const ran = await lab.run("pve1", command);
  expect(ran.output).toContain(says);
  expect(ran.code).toBe(code);
});

test("a pipe still feeds a command after exec </dev/null", async () => {
  await using lab = await openLab("9");
  expect((await lab.run("pve1", "exec </dev/null; echo y | cat; cat")).output).toBe("y\n");
});
