import type { Layer, LayerGroup } from "./inventory-schema.ts";

type Groups = NonNullable<Layer["groups"]>;

/** One form for both ways to write a group. */
export function groupParts(group: LayerGroup): Exclude<LayerGroup, readonly string[]> {
  return Array.isArray(group) ? { nodes: [...group] } : (group as Exclude<LayerGroup, readonly string[]>);
}

/** The nodes of a group, its own first, then those of its subgroups, each once. A circle of groups ends where it closes. */
export function membersOf(name: string, groups: Groups, above: readonly string[] = []): readonly string[] {
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (group === undefined || above.includes(name)) return [];
  const { nodes = [], groups: inner = [] } = groupParts(group);
  return [...new Set([...nodes, ...inner.flatMap((subgroup) => membersOf(subgroup, groups, [...above, name]))])];
}

/**
 * The groups that hold each node, the outermost first, so that what a subgroup says wins; otherwise in the order in which they are
 * written.
 */
export function groupsByNode(groups: Groups): ReadonlyMap<string, readonly string[]> {
  const depths = new Map(Object.keys(groups).map((name) => [name, depthOf(name, groups)]));
  const byNode = new Map<string, string[]>();
  for (const name of Object.keys(groups).toSorted((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0))) {
    for (const node of membersOf(name, groups)) {
      const known = byNode.get(node);
      if (known === undefined) byNode.set(node, [name]);
      else known.push(name);
    }
  }
  return byNode;
}

/** How many groups a group stands in, at most. */
function depthOf(name: string, groups: Groups, below: readonly string[] = []): number {
  const outer = Object.keys(groups).filter(
    (other) =>
      !below.includes(other) && other !== name && (groupParts(groups[other] ?? []).groups ?? []).includes(name),
  );
  return outer.reduce((deepest, other) => Math.max(deepest, 1 + depthOf(other, groups, [...below, name])), 0);
}
