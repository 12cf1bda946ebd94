import type { AnsibleGroup, AnsibleHost, AnsibleInventory, AnsibleVariable } from "./ansible-inventory.ts";

/** Who says a variable: a group by its name, or `undefined` for the machine itself. */
export interface Said {
  readonly owner: string | undefined;
  readonly variable: AnsibleVariable;
}

/** What is said of a host, as Ansible weighs it: `all` first, then its groups from the outside in, by name, then its own; the last wins. */
export function saidOf(host: AnsibleHost, inventory: AnsibleInventory): readonly Said[] {
  const { groups } = inventory;
  const holding = [...groups.values()].filter((group) => group.name === "all" || holds(group, host.name, groups));
  const ordered = holding
    .map((group) => ({ group, depth: group.name === "all" ? -1 : depthOf(group.name, groups) }))
    .toSorted((a, b) => a.depth - b.depth || (a.group.name < b.group.name ? -1 : 1));
  return [
    ...ordered.flatMap(({ group }) => group.vars.map((variable) => ({ owner: group.name, variable }))),
    ...host.vars.map((variable) => ({ owner: undefined, variable })),
  ];
}

/** Whether a host stands in a group or in one below it. */
export function holds(
  group: AnsibleGroup,
  host: string,
  groups: AnsibleInventory["groups"],
  above: ReadonlySet<string> = new Set(),
): boolean {
  if (group.hosts.has(host)) return true;
  if (above.has(group.name)) return false;
  const seen = new Set([...above, group.name]);
  return [...group.children].some((name) => {
    const child = groups.get(name);
    return child !== undefined && holds(child, host, groups, seen);
  });
}

/** Groups that hold themselves, by whatever way around. */
export function circlesOf({ groups }: AnsibleInventory): readonly AnsibleGroup[] {
  const below = (name: string, seen: Set<string>): Set<string> => {
    for (const child of groups.get(name)?.children ?? []) {
      if (seen.has(child)) continue;
      seen.add(child);
      below(child, seen);
    }
    return seen;
  };
  return [...groups.values()].filter(({ name }) => below(name, new Set()).has(name));
}

function depthOf(name: string, groups: AnsibleInventory["groups"], below: ReadonlySet<string> = new Set()): number {
  const seen = new Set([...below, name]);
  const parents = [...groups.values()].filter(
    (group) => group.name !== "all" && !seen.has(group.name) && group.children.has(name),
  );
  return parents.reduce((deepest, parent) => Math.max(deepest, 1 + depthOf(parent.name, groups, seen)), 0);
}
