import { describe, expect, test } from "vitest";
import { isQuorate, quorumOf } from "../../../lab/state/quorum.ts";
import { loadScenario, scenarioNames } from "../../../lab/state/scenario.ts";
import { openWorld } from "./worlds.ts";

describe("scenarios", () => {
  test("are these", async () => {
    expect(await scenarioNames()).toEqual(["cluster", "trois-noeuds"]);
  });

  test("are refused by an unknown name, with the names there are", async () => {
    await expect(loadScenario("nimporte")).rejects.toThrow("« nimporte ». Choisissez parmi : cluster, trois-noeuds.");
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
