import { afterEach, describe, expect, it } from "vitest";
import { callApi } from "../../../lab/api/call.ts";
import { createClock } from "../../../lab/state/clock.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { findGuest } from "../../../lab/state/guest-place.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { cutPower, powerOn } from "../../../lab/state/power.ts";
import { loadScenario } from "../../../lab/state/scenario.ts";
import { nodeOf, type World } from "../../../lab/state/world.ts";

const SCALE = 120;
const worlds: World[] = [];

afterEach(() => {
  for (const world of worlds.splice(0)) world.stop();
});

async function openHaWorld(dialect: Dialect = "9"): Promise<World> {
  const clock = createClock(SCALE);
  const world = await openScenario(await loadScenario("ha"), { dialect, clock, rootPassword: "x" });
  worlds.push(world);
  return world;
}

interface Row {
  readonly type: string;
  readonly status: string;
  readonly state?: string;
  readonly node?: string;
}

async function rows(world: World, node: string): Promise<readonly Row[]> {
  return (await callApi(world, node, "GET", "/cluster/ha/status/current")).data as readonly Row[];
}

async function service(world: World, node: string): Promise<Row | undefined> {
  return (await rows(world, node)).find(({ type }) => type === "service");
}

async function manage(world: World, dialect: Dialect, failback: string): Promise<void> {
  const options = dialect === "9" ? { failback } : { group: "all" };
  if (dialect === "8.4") {
    const group = { group: "all", nodes: "pve1:2,pve2:1,pve3:1", nofailback: failback === "0" ? "1" : "0" };
    expect((await callApi(world, "pve2", "POST", "/cluster/ha/groups", group)).status).toBe(200);
  }
  expect((await callApi(world, "pve2", "POST", "/cluster/ha/resources", { sid: "vm:100", ...options })).status).toBe(
    200,
  );
  if (dialect === "9") {
    const rule = { type: "node-affinity", rule: "home", resources: "vm:100", nodes: "pve1:2,pve2:1,pve3:1" };
    expect((await callApi(world, "pve2", "POST", "/cluster/ha/rules", rule)).status).toBe(200);
  }
  await expect
    .poll(() => service(world, "pve2"), { timeout: 10_000 })
    .toMatchObject({ state: "started", node: "pve1" });
}

describe.each(["9", "8.4"] as const)("the HA stack of version %s", (dialect) => {
  it("starts a lost node's machine elsewhere, through fence and recovery, and not before the lock has run out", async () => {
    const world = await openHaWorld(dialect);
    await manage(world, dialect, "0");
    const cut = world.clock.now();
    cutPower(world, nodeOf(world, "pve1"));
    await expect
      .poll(() => service(world, "pve3"), { timeout: 20_000, interval: 10 })
      .toMatchObject({ state: "started", node: "pve2" });
    // The lock of the dead node is only free two minutes after the others missed it.
    expect(world.clock.now() - cut).toBeGreaterThan(127_000);
    const { guest, node } = findGuest(world, nodeOf(world, "pve3"), 100) ?? {};
    expect([node?.name, guest?.status]).toEqual(["pve2", "running"]);
    const told = nodeOf(world, "pve3").database.ha.log.map(({ text }) => text);
    const steps = [
      "service 'vm:100': state changed from 'started' to 'fence'",
      "fencing: acknowledged - got agent lock for node 'pve1'",
      "service 'vm:100': state changed from 'fence' to 'recovery'",
      "recover service 'vm:100' from fenced node 'pve1' to node 'pve2'",
    ];
    const places = steps.map((step) => told.indexOf(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }, 40_000);

  it("brings the machine home only when failback is wanted", async () => {
    const world = await openHaWorld(dialect);
    await manage(world, dialect, "1");
    cutPower(world, nodeOf(world, "pve1"));
    await expect
      .poll(() => service(world, "pve3"), { timeout: 20_000 })
      .toMatchObject({ state: "started", node: "pve2" });
    powerOn(world, nodeOf(world, "pve1"));
    await expect
      .poll(() => service(world, "pve3"), { timeout: 20_000 })
      .toMatchObject({ state: "started", node: "pve1" });
  }, 60_000);
});

describe("the HA stack of version 9", () => {
  it("tells the same in the words of each version", async () => {
    const nine = await openHaWorld("9");
    expect((await rows(nine, "pve1")).map(({ type, status }) => `${type} ${status}`)).toEqual([
      "quorum OK",
      "fencing standby (CRM watchdog standby)",
    ]);
    await manage(nine, "9", "0");
    const told = (await rows(nine, "pve1")).map(({ type, status }) => `${type} ${status}`);
    expect(told).toContain("fencing armed (CRM watchdog active)");
    expect(told.find((line) => line.startsWith("lrm pve1"))).toMatch(
      /^lrm pve1 \(active, watchdog active, \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\)$/,
    );
    expect(told).toContain("service vm:100 (pve1, started)");
    const eight = await openHaWorld("8.4");
    await manage(eight, "8.4", "0");
    const before = (await rows(eight, "pve1")).map(({ type, status }) => `${type} ${status}`);
    expect(before.find((line) => line.startsWith("lrm pve1"))).toMatch(/^lrm pve1 \(active, \w{3} /);
    expect(before.some((line) => line.startsWith("fencing"))).toBe(false);
  }, 40_000);

  it("disarms, does nothing that is asked meanwhile, and arms again", async () => {
    const world = await openHaWorld("9");
    await manage(world, "9", "0");
    await callApi(world, "pve1", "POST", "/cluster/ha/status/disarm-ha", { "resource-mode": "freeze" });
    await expect.poll(() => service(world, "pve1"), { timeout: 10_000 }).toMatchObject({ state: "freeze" });
    await callApi(world, "pve1", "POST", "/cluster/ha/resources/vm:100/migrate", { node: "pve2" });
    await callApi(world, "pve1", "POST", "/cluster/ha/status/arm-ha");
    await expect
      .poll(() => service(world, "pve1"), { timeout: 10_000 })
      .toMatchObject({ state: "started", node: "pve1" });
  }, 40_000);
});

describe("what `/cluster/ha` refuses", () => {
  const cases = [
    ["resources", { sid: "vm:999" }, "resource 'vm:999' does not exist in cluster"],
    ["resources", { sid: "vm:100" }, "create resource failed: resource ID 'vm:100' already defined"],
    ["resources", { sid: "vm:100", group: "x" }, "create resource failed: resource ID 'vm:100' already defined"],
    ["groups", { group: "g1", nodes: "pve1" }, "cannot create group: ha groups have been migrated to rules"],
    [
      "rules",
      { type: "node-affinity", rule: "home", resources: "vm:100", nodes: "pve1" },
      "create ha rule failed: HA rule 'home' already defined",
    ],
    [
      "rules",
      { type: "node-affinity", rule: "r2", resources: "vm:999", nodes: "pve1" },
      "create ha rule failed: cannot use unmanaged resource(s) vm:999.",
    ],
    [
      "rules",
      { type: "node-affinity", rule: "r2", resources: "vm:100", nodes: "pve9" },
      "create ha rule failed: cannot use non-existent node(s) pve9.",
    ],
    [
      "rules",
      { type: "node-affinity", rule: "r2", resources: "vm:100", nodes: "pve1" },
      "create ha rule failed: 400 Rule 'r2' is invalid.\nresources: resource 'vm:100' is already used in another node affinity rule",
    ],
    [
      "rules",
      { type: "resource-affinity", rule: "r3", resources: "vm:100", affinity: "negative" },
      "create ha rule failed: 400 Rule 'r3' is invalid.\nresources: rule is ineffective as there are less than two resources, resources are in node affinity rules with multiple priorities",
    ],
  ] as const;

  it("says it in the words of a real node", async () => {
    const world = await openHaWorld("9");
    await manage(world, "9", "0");
    for (const [path, params, message] of cases) {
      const answer = await callApi(world, "pve1", "POST", `/cluster/ha/${path}`, params);
      expect([answer.status, answer.message?.trimEnd()], JSON.stringify(params)).toEqual([500, message]);
    }
    const short = { type: "node-affinity", rule: "x", resources: "vm:100", nodes: "pve1" };
    expect(await callApi(world, "pve1", "POST", "/cluster/ha/rules", short)).toMatchObject({
      status: 400,
      errors: { rule: "invalid format - invalid configuration ID 'x'\n" },
    });
    const gone = await callApi(world, "pve1", "DELETE", "/cluster/ha/rules/nosuch");
    expect(gone.status).toBe(200);
  }, 20_000);
});
