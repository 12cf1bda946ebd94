import { describe, expect, it } from "vitest";
import type { Placed } from "../../../engine/plan/candidates.ts";
import { orderWithCompanions } from "../../../engine/plan/companions.ts";

/** `vue@agir` accompanies `agir`, `vue@agir|agir2` the one of both that runs; `agir!` does not run here; needs follow after a colon. */
function order(...sketches: readonly string[]) {
  const needs = new Map<string, readonly string[]>();
  const placed = sketches.map((sketch) => {
    const [name = "", list = ""] = sketch.split(":");
    const [written = "", during] = name.split("@");
    const id = written.replace("!", "");
    needs.set(id, list.split(",").filter(Boolean));
    return {
      id,
      block: { settings: { during: during === undefined ? undefined : during.split("|") } },
      targets: ["pve1"],
      lacks: written.endsWith("!") ? ["ce site ne l’offre pas"] : [],
    } as unknown as Placed;
  });
  const { items, cycles } = orderWithCompanions(placed, ({ id }) => needs.get(id) ?? []);
  return { ids: items.map(({ id }) => id), cycles };
}

describe("orderWithCompanions()", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["a companion right before its action, wherever it stands", ["a", "b", "vue@a"], ["vue", "a", "b"]],
    ["two companions in the order of the document", ["v1@a", "a", "v2@a"], ["v1", "v2", "a"]],
    ["what a companion needs before its action", ["vue@a:b", "a", "b"], ["b", "vue", "a"]],
    ["who needs a companion behind the action", ["c:vue", "vue@a:b", "a", "b"], ["b", "vue", "a", "c"]],
    ["a companion of several before the one that runs", ["a!", "vue@a|b", "b", "c"], ["a", "vue", "b", "c"]],
    ["a companion of several before the first when none runs", ["a!", "vue@a|b", "b!"], ["vue", "a", "b"]],
    ["one whose action is not in the plan at its own place", ["vue@x", "a"], ["vue", "a"]],
  ])("puts %s", (_, sketches, ids) => {
    expect(order(...sketches)).toEqual({ ids, cycles: [] });
  });

  it.each<[string, readonly string[]]>([
    ["an action that needs its companion", ["vue@a", "a:vue"]],
    ["a companion that needs its action", ["vue@a:a", "a"]],
    ["a companion that needs what needs the action", ["vue@a:b", "a", "b:a"]],
  ])("names %s as a loop", (_, sketches) => {
    expect(order(...sketches).cycles.length).toBe(1);
  });
});
