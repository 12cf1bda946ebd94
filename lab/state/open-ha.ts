import { addResource } from "./ha/ha-config.ts";
import { addRule } from "./ha/ha-rules.ts";
import type { Scenario } from "./scenario.ts";
import { nodeOf, type World } from "./world.ts";

/** Puts the guests that a scenario names under the HA stack, as chapter 5 does: a group and no failback in 8.4, a rule from 9 on. */
export function openHa(world: World, { ha, noeuds: [first] }: Scenario): void {
  if (ha === undefined || first === undefined) return;
  const node = nodeOf(world, first.nom);
  const options = { state: "started", max_restart: 1, max_relocate: 1 } as const;
  const { nom, noeuds: nodes } = ha;
  if (world.dialect === "8.4") {
    node.database.ha.groups.push({ group: nom, nodes, nofailback: 1 });
    for (const id of ha.ressources) addResource(world, node, String(id), { ...options, group: nom });
    return;
  }
  for (const id of ha.ressources) addResource(world, node, String(id), { ...options, failback: 0 });
  const resources = ha.ressources.map((id) => `vm:${id}`).join(",");
  addRule(node, { type: "node-affinity", rule: nom, resources, nodes });
}
