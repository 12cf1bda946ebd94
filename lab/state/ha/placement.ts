import type { HaCluster, HaResource, HaService } from "./ha-cluster.ts";

/** Nodes with their priorities, from "pve1:2,pve2". */
export function prioritiesOf(nodes: string): ReadonlyMap<string, number> {
  return new Map(
    nodes.split(",").flatMap((entry) => {
      const [name = "", priority = "0"] = entry.trim().split(":");
      return name === "" ? [] : [[name, Number(priority)] as const];
    }),
  );
}

/** "pve1,pve2:2" sorted by name, as version 9 keeps it. */
export function sortedNodes(nodes: string): string {
  return [...prioritiesOf(nodes)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, priority]) => (priority === 0 ? name : `${name}:${priority}`))
    .join(",");
}

/** Where a service may run and is wanted most; undefined without a group or rule. */
export function preferenceOf(
  ha: HaCluster,
  sid: string,
): { readonly priorities: ReadonlyMap<string, number>; readonly strict: boolean } | undefined {
  const resource = ha.resources.find((each) => each.sid === sid);
  const group = ha.groups.find((each) => each.group === resource?.group);
  if (group) return { priorities: prioritiesOf(group.nodes), strict: group.restricted === 1 };
  const rule = ha.rules.find(
    (each) => each.type === "node-affinity" && each.disable !== 1 && each.resources.split(",").includes(sid),
  );
  return rule?.nodes === undefined ? undefined : { priorities: prioritiesOf(rule.nodes), strict: rule.strict === 1 };
}

/** Whether a service goes home by itself when a better node is there again. */
export function failsBack(ha: HaCluster, resource: HaResource): boolean {
  const group = ha.groups.find((each) => each.group === resource.group);
  return group ? group.nofailback !== 1 : resource.failback !== 0;
}

/** The services that a negative rule keeps off that node for this one. */
export function blockedBy(ha: HaCluster, sid: string, node: string): readonly string[] {
  return ha.rules
    .filter(({ affinity, disable, resources }) => affinity === "negative" && disable !== 1 && includes(resources, sid))
    .flatMap(({ resources }) => resources.split(","))
    .filter((other) => other !== sid && ha.services.get(other)?.node === node);
}

/** The node a service should run on, among those that can take it: highest priority, then fewest services, then name. */
export function chooseNode(
  ha: HaCluster,
  service: HaService,
  candidates: readonly string[],
  stay = true,
): string | undefined {
  const preference = preferenceOf(ha, service.sid);
  const free = candidates.filter((node) => blockedBy(ha, service.sid, node).length === 0);
  const named = preference ? free.filter((node) => preference.priorities.has(node)) : free;
  const allowed = named.length > 0 || preference?.strict ? named : free;
  const priority = (node: string) => preference?.priorities.get(node) ?? 0;
  const best = Math.max(...allowed.map(priority));
  const top = allowed.filter((node) => priority(node) === best);
  const together = positivePartners(ha, service.sid).find((node) => top.includes(node));
  if (together !== undefined) return together;
  if (stay && top.includes(service.node)) return service.node;
  // What is stopped, or has never been started, weighs nothing.
  const weighs = ({ state }: HaService) => state !== "stopped" && state !== "request_start";
  const load = (node: string) => [...ha.services.values()].filter((each) => each.node === node && weighs(each)).length;
  return top.toSorted((a, b) => load(a) - load(b) || (a < b ? -1 : 1))[0];
}

function positivePartners(ha: HaCluster, sid: string): readonly string[] {
  return ha.rules
    .filter(({ affinity, disable, resources }) => affinity === "positive" && disable !== 1 && includes(resources, sid))
    .flatMap(({ resources }) => resources.split(","))
    .flatMap((other) => (other === sid ? [] : (ha.services.get(other)?.node ?? [])));
}

function includes(resources: string, sid: string): boolean {
  return resources.split(",").includes(sid);
}
