import { describe, expect, test } from "vitest";
import { startOsd, stopOsd } from "../../../lab/state/ceph/daemons.ts";
import { healthChecks, healthStatus } from "../../../lab/state/ceph/health.ts";
import { contains } from "../../../lab/state/ceph/local-address.ts";
import { pgStates } from "../../../lab/state/ceph/placement.ts";
import { addPool } from "../../../lab/state/ceph/pools.ts";
import { cutPower, powerOn } from "../../../lab/state/power.ts";
import { openWorld } from "./worlds.ts";

const codes = (world: Parameters<typeof healthChecks>[0], ceph: Parameters<typeof healthChecks>[1]) =>
  healthChecks(world, ceph).map(({ code }) => code);

describe("Ceph's placement groups", () => {
  test.each([
    [0, [["unknown", 32]]],
    [1000, [["unknown", 32]]],
    [7000, [["active+clean", 32]]],
  ])("of a pool %i ms old are %j", async (age, expected) => {
    using open = await openWorld("ceph");
    const { ceph } = open.pve1.database;
    const pool = addPool(open.world, ceph, "young", { pgNum: 32 });
    const states = pgStates(ceph, pool, pool.createdAt + age);
    expect(states.map(({ state, count }) => [state, count])).toEqual(expected);
  });

  test("become known, peer and turn clean one after the other, never more or fewer than there are", async () => {
    using open = await openWorld("ceph");
    const { ceph } = open.pve1.database;
    const pool = addPool(open.world, ceph, "young", { pgNum: 32 });
    const seen = new Set<string>();
    for (let age = 0; age <= 8000; age += 250) {
      const states = pgStates(ceph, pool, pool.createdAt + age);
      expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(32);
      for (const { state } of states) seen.add(state);
    }
    expect([...seen]).toEqual(["unknown", "creating+peering", "active+clean"]);
  });

  test("do not worry the health while they are young", async () => {
    using open = await openWorld("ceph");
    const { ceph } = open.pve1.database;
    addPool(open.world, ceph, "young", { pgNum: 32 });
    expect(healthStatus(healthChecks(open.world, ceph))).toBe("HEALTH_OK");
  });
});

describe("Ceph after a power cut", () => {
  test("shows the old picture first, then the monitor missing, then the OSD down, then the replicas missing", async () => {
    using open = await openWorld("ceph");
    const { world } = open;
    const { ceph } = open.pve1.database;
    cutPower(world, open.pve2);
    expect(codes(world, ceph)).toEqual([]);
    await world.clock.sleep(15_000);
    expect(codes(world, ceph)).toEqual(["MON_DOWN"]);
    await world.clock.sleep(20_000);
    expect(codes(world, ceph)).toEqual(["MON_DOWN", "OSD_DOWN", "OSD_HOST_DOWN", "PG_DEGRADED"]);
    await world.clock.sleep(65_000);
    const degraded = healthChecks(world, ceph).find(({ code }) => code === "PG_DEGRADED");
    expect(degraded?.message).toMatch(/33 pgs undersized/);
    powerOn(world, open.pve2);
    await world.clock.sleep(25_000);
    expect(codes(world, ceph)).toEqual([]);
  });

  test("hands the managers' work to a standby", async () => {
    using open = await openWorld("ceph-physique");
    const { ceph } = open.pve1.database;
    expect(ceph.activeMgr).toBe("pve1");
    cutPower(open.world, open.pve1);
    await open.world.clock.sleep(40_000);
    expect(ceph.activeMgr).toBe("pve2");
  });
});

describe("an OSD that is stopped", () => {
  test("is down at once and in again when it starts", async () => {
    using open = await openWorld("ceph-physique");
    const { ceph } = open.pve1.database;
    const [osd] = ceph.osds;
    if (!osd) throw new Error("no OSD");
    stopOsd(open.world, ceph, osd, "told");
    await open.world.clock.sleep(2000);
    expect([osd.up, osd.in]).toEqual([false, true]);
    startOsd(open.world, ceph, osd);
    await open.world.clock.sleep(5000);
    expect([osd.up, osd.in]).toEqual([true, true]);
  });
});

test.each([
  ["10.202.0.0/16", "10.202.4.31", true],
  ["10.202.4.31/16", "10.202.255.1", true],
  ["10.10.20.0/24", "10.10.10.11", false],
  ["10.10.20.0/24", "not an address", false],
])("contains(%s, %s) is %s", (network, address, expected) => {
  expect(contains(network, address)).toBe(expected);
});
