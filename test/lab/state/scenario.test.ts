import { describe, expect, test } from "vitest";
import { createClock } from "../../../lab/state/clock.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { isQuorate, quorumOf } from "../../../lab/state/quorum.ts";
import { loadScenario, scenarioNames } from "../../../lab/state/scenario.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { openWorld } from "./worlds.ts";

describe("openScenario()", () => {
  test("starts with what the scenario says is broken", async () => {
    const scenario = await loadScenario("cluster");
    const pannes = {
      eteints: ["pve3"],
      "liens-coupes": ["pve2:0"],
      "api-lente": { pve1: 250 },
      "ssh-refuse": ["pve1"],
      "disque-plein": ["pve2"],
      "certificat-expire": ["pve2"],
    };
    const opening = { dialect: "9", clock: createClock(100), rootPassword: "x" } as const;
    const world = await openScenario({ ...scenario, pannes }, opening);
    try {
      expect(nodeOf(world, "pve3").power).toBe("off");
      expect(world.faults.slowApi.get("pve1")).toBe(250);
      expect([...world.faults.sshRefused, ...world.faults.diskFull]).toEqual(["pve1", "pve2"]);
      expect(nodeOf(world, "pve2").certificate.notAfter).toBeLessThan(Date.now());
      await world.clock.sleep(9000);
      expect(isQuorate(nodeOf(world, "pve1"))).toBe(false);
    } finally {
      world.stop();
    }
  });
});

describe("scenarios", () => {
  test("are all valid, the two oldest among them", async () => {
    const names = await scenarioNames();
    expect(names).toEqual(expect.arrayContaining(["cluster", "trois-noeuds"]));
    for (const name of names) await expect(loadScenario(name)).resolves.toHaveProperty("noeuds");
  });

  test("are refused by an unknown name, with the names there are", async () => {
    const names = (await scenarioNames()).join(", ");
    await expect(loadScenario("nimporte")).rejects.toThrow(`« nimporte ». Choisissez parmi : ${names}.`);
  });

  test("`trois-noeuds` has three strangers, each with an authority of its own", async () => {
    using open = await openWorld("trois-noeuds");
    const nodes = [open.pve1, open.pve2, open.pve3];
    expect(new Set(nodes.map((node) => node.database.authority.pem)).size).toBe(3);
    expect(nodes.map(isQuorate)).toEqual([true, true, true]);
    expect(nodes.map((node) => quorumOf(node))).toEqual([undefined, undefined, undefined]);
  });

  test("`cluster` is a quorate cluster with one authority, as if it had been joined", async () => {
    using open = await openWorld("cluster");
    const nodes = [open.pve1, open.pve2, open.pve3];
    expect(new Set(nodes.map((node) => node.database)).size).toBe(1);
    expect(nodes.map((node) => quorumOf(node)?.totalVotes)).toEqual([3, 3, 3]);
    expect(open.pve2.tasks.map((task) => task.type)).toContain("clusterjoin");
  });
});
