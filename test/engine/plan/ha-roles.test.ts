import { describe, expect, it } from "vitest";
import type { Inventory, InventoryNode, NodePower } from "../../../engine/model/inventory.ts";
import type { Block } from "../../../engine/model/runbook.ts";
import { roleMembers, roleProblems, roleValues } from "../../../engine/plan/ha-roles.ts";

const onHost = (host: string): NodePower => ({ by: "command", host, off: "qm stop 102", on: "qm start 102" });

function node(name: string, power?: NodePower): InventoryNode {
  return { name, hostname: `srv-${name}`, address: `192.0.2.${name.at(-1)}`, ...(power && { power }), vars: {} };
}

function inventory(nodes: readonly InventoryNode[], vars: Readonly<Record<string, string>> = {}): Inventory {
  return { file: "site.yaml", name: "site", timeScale: 1, guard: "none", nodes, groups: {}, vars, secrets: {} };
}

const place = { file: "05.md", line: 1, column: 1 };
const block = {
  id: "couper",
  kind: "shell",
  place,
  raw: {},
  settings: { on: ["@ha-alimentation"] },
} as unknown as Block;
const nested = [node("pve1"), node("pve2", onHost("pve1")), node("pve3", onHost("pve1"))];

describe("the parts of a failure test", () => {
  it("gives the victim, a survivor, and the host of the victim's power", () => {
    const site = inventory(nested);
    expect(["ha-victime", "ha-temoin", "ha-alimentation"].map((role) => roleMembers(role, site))).toEqual([
      ["pve2"],
      ["pve1"],
      ["pve1"],
    ]);
    expect(roleMembers("noeuds", site)).toBeUndefined();
    expect(roleValues(site)).toMatchObject({ "ha.victim.hostname": "srv-pve2", "ha.victim.power.off": "qm stop 102" });
    expect(roleProblems([block], site)).toEqual([]);
  });

  it.each<[string, NodePower, Readonly<Record<string, string>>]>([
    [
      "a command on its host",
      onHost("pve1"),
      { "ha.victim.power.by": "command", "ha.victim.power.on": "qm start 102" },
    ],
    ["its management controller", { by: "bmc" }, { "ha.victim.power.by": "bmc" }],
    ["a person", { by: "manual" }, { "ha.victim.power.by": "manual" }],
  ])("says that the victim's power is commanded by %s", (_who, power, said) => {
    const site = inventory([node("pve1"), node("pve2", power)]);
    const values = Object.entries(roleValues(site)).filter(([name]) => name.startsWith("ha.victim.power"));
    expect(Object.fromEntries(values)).toMatchObject(said);
    expect(values.length).toBe(power.by === "command" ? 3 : 1);
    expect(roleMembers("ha-alimentation", site)).toEqual([power.by === "command" ? "pve1" : "pve2"]);
    expect(roleProblems([block], site)).toEqual([]);
  });

  it("does not cut a machine that runs another node, as its screen tells", () => {
    const hosted = { ...node("pve3"), console: { host: "pve2", vmid: 103 } };
    const [problem] = roleProblems([block], inventory([node("pve1"), node("pve2", { by: "bmc" }), hosted]));
    expect(problem?.reason).toMatch(/« pve2 » héberge pve3/);
  });

  it.each([
    ["nobody could start the victim again", inventory([node("pve1"), node("pve2")]), /rien ne pourrait rallumer/],
    ["others would die with the victim", inventory(nested, { ha_victime: "pve1" }), /héberge pve2 et pve3/],
    ["there is no such node", inventory(nested, { ha_victime: "pve9" }), /pve9/],
    ["the host of its power is unknown", inventory([node("pve1"), node("pve2", onHost("pve7"))]), /pve7/],
  ])("refuses the plan when %s", (_why, site, reason) => {
    expect(roleProblems([block], site)).toEqual([expect.objectContaining({ reason: expect.stringMatching(reason) })]);
    expect(roleProblems([], site)).toEqual([]);
  });
});
