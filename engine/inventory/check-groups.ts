import type { Complain } from "./complain.ts";
import type { YamlPath } from "./field-at.ts";
import { groupParts, membersOf } from "./groups.ts";
import type { Layer, LayerNode } from "./inventory-schema.ts";
import { suggestOne } from "./suggest-one.ts";

type Groups = NonNullable<Layer["groups"]>;

/** Checks that groups name nodes and groups that exist, each once, and that none is empty, in a circle, or named like a node. */
export function checkGroups(groups: Groups, nodes: Readonly<Record<string, LayerNode>>, complain: Complain): void {
  const wrong = (path: YamlPath, reason: string, remedy: string, at?: "key") =>
    complain([path], { rule: "inventory-group", reason, remedy }, at);
  for (const [group, written] of Object.entries(groups)) {
    if (Object.hasOwn(nodes, group)) {
      const reason = `le groupe « ${group} » porte le nom d’un nœud`;
      wrong(["groups", group], reason, "donnez un autre nom au groupe", "key");
    }
    const { nodes: members = [], groups: inner = [] } = groupParts(written);
    if (members.length === 0 && inner.length === 0) {
      const remedy = `écrivez par exemple ${group}: [${Object.keys(nodes).slice(0, 2).join(", ")}]`;
      wrong(["groups", group], `le groupe « ${group} » est vide`, remedy, "key");
    }
    const at = (key: string, index: number): YamlPath =>
      Array.isArray(written) ? ["groups", group, index] : ["groups", group, key, index];
    const met = new Set<string>();
    members.forEach((member, index) => {
      if (!Object.hasOwn(nodes, member)) {
        const reason = `le groupe « ${group} » nomme un nœud inconnu : « ${member} »`;
        wrong(at("nodes", index), reason, unknownNode(member, groups, nodes));
      } else if (met.has(member)) {
        wrong(at("nodes", index), `le groupe « ${group} » nomme deux fois « ${member} »`, "gardez-le une seule fois");
      }
      met.add(member);
    });
    inner.forEach((subgroup, index) => {
      if (!Object.hasOwn(groups, subgroup)) {
        const reason = `le groupe « ${group} » nomme un groupe inconnu : « ${subgroup} »`;
        wrong(at("groups", index), reason, suggestOne(subgroup, Object.keys(groups), "groupes"));
      } else if (inCircle(group, subgroup, groups)) {
        const reason = `le groupe « ${group} » se contient lui-même, par « ${subgroup} »`;
        wrong(at("groups", index), reason, "retirez l’un des deux de l’autre");
      } else if (membersOf(subgroup, groups).length === 0) {
        wrong(at("groups", index), `le groupe « ${subgroup} » n’a aucun nœud`, "donnez-lui des nœuds, ou retirez-le");
      }
    });
  }
}

/** A group written where a node is expected is no misspelt node. */
function unknownNode(member: string, groups: Groups, nodes: Readonly<Record<string, LayerNode>>): string {
  const name = member.replace(/^@/, "");
  if (Object.hasOwn(groups, name)) return `c’est un groupe : écrivez { nodes: […], groups: [${name}] }`;
  return suggestOne(member, Object.keys(nodes), "nœuds");
}

function inCircle(group: string, from: string, groups: Groups, seen: readonly string[] = []): boolean {
  if (from === group) return true;
  if (seen.includes(from)) return false;
  const inner = groupParts(groups[from] ?? []).groups ?? [];
  return inner.some((next) => inCircle(group, next, groups, [...seen, from]));
}
