import { describe, expect, onTestFinished, test } from "vitest";
import { createClock } from "../../../lab/state/clock.ts";
import type { NodeState } from "../../../lab/state/node.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { reachable } from "../../../lab/state/reachable.ts";
import { loadScenario } from "../../../lab/state/scenario.ts";
import { applySdn } from "../../../lab/state/sdn-apply.ts";
import { SDN_FILE } from "../../../lab/state/sdn-interfaces.ts";
import { vnetStatuses, zoneStatuses } from "../../../lab/state/sdn-status.ts";
import { createSubnet } from "../../../lab/state/sdn-subnets.ts";
import { createVnet } from "../../../lab/state/sdn-vnets.ts";
import { createZone } from "../../../lab/state/sdn-zones.ts";
import { unifiedDiff } from "../../../lab/state/unified-diff.ts";
import { nodeOf, type World } from "../../../lab/state/world.ts";

const PEERS = "10.202.4.31,10.202.4.32,10.202.4.33";

async function openWorld(): Promise<World> {
  const opening = { dialect: "9" as const, clock: createClock(200), rootPassword: "a-password-of-the-test" };
  const world = await openScenario(await loadScenario("migration"), opening);
  onTestFinished(() => world.stop());
  return world;
}

async function apply(world: World): Promise<string> {
  const request = { user: "root@pam", token: undefined, release: false };
  const task = applySdn(world, nodeOf(world, "pve1"), request);
  await task.done;
  expect(task.exitstatus).toBe("OK");
  return task.output;
}

function setUp(node: NodeState, type: string, zone: Readonly<Record<string, string>>, tag?: string): void {
  createZone(node, "9", { id: "z1", values: { type, ...zone } });
  createVnet(node, "9", { id: "net1", values: { zone: "z1", ...(tag === undefined ? {} : { tag }) } });
  createSubnet(node, "net1", { id: "10.50.0.0/24", values: { type: "subnet", gateway: "10.50.0.1" } });
}

const linkNames = (node: NodeState) => node.sdn.links.map(({ name }) => name);

describe("applySdn()", () => {
  test.each([
    ["vxlan", { peers: PEERS }, "77", ["vxlan_net1", "net1"]],
    ["vlan", { bridge: "vmbr0" }, "77", ["ens18.77", "ln_net1", "pr_net1", "net1", "vmbr0v77"]],
    ["simple", {}, undefined, ["net1"]],
  ])("brings the interfaces of a %s zone up on every node", async (type, zone, tag, links) => {
    const world = await openWorld();
    setUp(nodeOf(world, "pve1"), type, zone, tag);
    await apply(world);
    for (const node of world.nodes.values()) {
      expect(linkNames(node)).toEqual(links);
      expect(vnetStatuses(node, "z1")).toEqual([{ vnet: "net1", status: "available", statusmsg: null }]);
    }
  });

  test("lets machines on one tunnel hear each other across nodes, and nobody else", async () => {
    const world = await openWorld();
    setUp(nodeOf(world, "pve1"), "vxlan", { peers: PEERS }, "77");
    await apply(world);
    const node = nodeOf(world, "pve2");
    const guest = node.guests.get(100);
    if (!guest) throw new Error("the scenario has no VM 100");
    guest.config.set("net1", "virtio=BC:24:11:00:00:01,bridge=net1");
    guest.system?.addresses.set("net1", { address: "10.50.0.11", prefix: 24 });
    const twin = {
      ...guest,
      vmid: 101,
      config: new Map(guest.config).set("net0", "virtio=BC:24:11:00:00:02,bridge=net1"),
    };
    twin.config.delete("net1");
    twin.system = { ...guest.system, hostname: "twin", cloudInit: false, agent: true, addresses: new Map() };
    twin.system.addresses.set("net0", { address: "10.50.0.12", prefix: 24 });
    nodeOf(world, "pve3").guests.set(101, twin);
    expect(reachable(world, { node, guest }, "10.50.0.12").ok).toBe(true);
    expect(reachable(world, node, "10.50.0.12").ok).toBe(false);
    nodeOf(world, "pve3").sdn.links = [];
    expect(reachable(world, { node, guest }, "10.50.0.12").ok).toBe(false);
  });

  test("ends OK when nodes could not reload: their zones wait, or look available without a bridge", async () => {
    const world = await openWorld();
    world.faults.foreignIfupdown.set("pve2", "3.0.0-1.1");
    world.faults.halfDnsmasq.add("pve3");
    setUp(nodeOf(world, "pve1"), "vxlan", { peers: PEERS }, "77");
    const log = await apply(world);
    expect(log).toContain("proxy handler failed: incompatible 'ifupdown2' package version '3.0.0-1.1'!");
    expect(log).toContain("Could not run before_regenerate for DHCP plugin dnsmasq");
    const statusOf = (name: string) => zoneStatuses(nodeOf(world, name)).get("z1")?.status;
    expect(["pve1", "pve2", "pve3"].map(statusOf)).toEqual(["available", "pending", "available"]);
    expect(["pve1", "pve2", "pve3"].map((name) => linkNames(nodeOf(world, name)).length)).toEqual([2, 0, 0]);
    expect(nodeOf(world, "pve3").files.get(SDN_FILE)).toContain("#version:1");
  });

  test("leaves the interfaces down where the main file does not take them in", async () => {
    const world = await openWorld();
    const node = nodeOf(world, "pve2");
    const text =
      "auto lo\niface lo inet loopback\n\nauto vmbr0\niface vmbr0 inet static\n\taddress 10.202.4.32/16\n\tbridge-ports ens18\n";
    node.files.set("/etc/network/interfaces", text);
    setUp(nodeOf(world, "pve1"), "simple", {});
    await apply(world);
    expect(linkNames(node)).toEqual([]);
    expect(linkNames(nodeOf(world, "pve1"))).toEqual(["net1"]);
  });
});

describe("unifiedDiff()", () => {
  test.each([
    ["the same text", "a\nb\n", "a\nb\n", ""],
    ["a new file", "", "a\nb\n", "--- x\n+++ y\n@@ -0,0 +1,2 @@\n+a\n+b\n"],
    ["a changed line", "a\nb\nc\n", "a\nB\nc\n", "--- x\n+++ y\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"],
    ["a removed line", "a\n", "", "--- x\n+++ y\n@@ -1 +0,0 @@\n-a\n"],
  ])("tells %s as diff -u does", (_, before, after, expected) => {
    expect(unifiedDiff({ label: "x", text: before }, { label: "y", text: after })).toBe(expected);
  });
});
