import { createHash } from "node:crypto";
import { findGuest } from "../guest-place.ts";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import { assertQuorum } from "../quorum.ts";
import type { World } from "../world.ts";
import type { HaCluster, HaResource } from "./ha-cluster.ts";
import { wakeHa } from "./run-ha.ts";

/** Options of a resource as they travel; a key with undefined is deleted. */
export type ResourceChange = Omit<HaResource, "sid" | "vmid">;

/** "100" and "vm:100" are one; throws for another shape. */
export function sidOf(given: string): { readonly sid: string; readonly vmid: number } {
  const match = /^(?:vm:)?(\d+)$/.exec(given);
  if (!match) throw new PveError(`invalid service ID '${given}'`);
  return { sid: `vm:${match[1]}`, vmid: Number(match[1]) };
}

/** Puts a machine under the stack's care. */
export function addResource(world: World, node: NodeState, given: string, options: ResourceChange): void {
  const { ha } = node.database;
  const { sid, vmid } = sidOf(given);
  assertQuorum(node);
  if (!findGuest(world, node, vmid)) throw new PveError(`resource '${sid}' does not exist in cluster`);
  if (ha.resources.some((each) => each.sid === sid)) {
    throw new PveError(`create resource failed: resource ID '${sid}' already defined`);
  }
  checkGroup(world, ha, options, "create");
  ha.resources.push({ sid, vmid, ...options });
  ha.resources.sort((a, b) => (a.sid < b.sid ? -1 : 1));
  wakeHa(world, node.database);
}

/** Changes a resource's options. */
export function setResource(world: World, node: NodeState, given: string, change: ResourceChange): void {
  const { ha } = node.database;
  const resource = resourceOf(node, given);
  assertQuorum(node);
  checkGroup(world, ha, change, "update");
  Object.assign(resource, change);
}

/** Takes a machine out of the stack's care; it goes on as it is. Rules that name it lose it. */
export function removeResource(node: NodeState, given: string): void {
  const { ha } = node.database;
  const resource = resourceOf(node, given, "delete resource failed: ");
  assertQuorum(node);
  ha.resources.splice(ha.resources.indexOf(resource), 1);
  for (const rule of [...ha.rules]) {
    rule.resources = rule.resources
      .split(",")
      .filter((sid) => sid !== resource.sid)
      .join(",");
    if (rule.resources === "") ha.rules.splice(ha.rules.indexOf(rule), 1);
  }
}

/** The resource of that name; throws when it is not managed. */
export function resourceOf(node: NodeState, given: string, before = ""): HaResource {
  const { sid } = sidOf(given);
  const found = node.database.ha.resources.find((each) => each.sid === sid);
  if (found) return found;
  throw new PveError(
    before === "" ? `no such resource '${sid}'` : `${before}cannot delete service '${sid}', not HA managed!`,
  );
}

/** SHA-1 of resources.cfg. */
export function resourcesDigest(ha: HaCluster): string {
  return createHash("sha1").update(renderResources(ha)).digest("hex");
}

/** The text of /etc/pve/ha/resources.cfg. */
export function renderResources(ha: HaCluster): string {
  return ha.resources.map(({ vmid, sid: _sid, ...rest }) => section(`vm: ${vmid}`, rest)).join("");
}

/** The text of /etc/pve/ha/groups.cfg. */
export function renderGroups(ha: HaCluster): string {
  return ha.groups.map(({ group, ...rest }) => section(`group: ${group}`, rest)).join("");
}

/** The text of /etc/pve/ha/rules.cfg. */
export function renderRules(ha: HaCluster): string {
  return ha.rules.map(({ rule, type, ...rest }) => section(`${type}: ${rule}`, rest)).join("");
}

/** One section of a configuration file, as the files and `ha-manager config` print it. */
export function section(head: string, keys: object): string {
  const lines = Object.entries(keys)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a === "comment" ? -1 : b === "comment" ? 1 : a < b ? -1 : 1))
    .map(([key, value]) => `\t${key} ${String(value)}\n`);
  return `${head}\n${lines.join("")}\n`;
}

function checkGroup(world: World, ha: HaCluster, { group }: ResourceChange, verb: string): void {
  if (group === undefined) return;
  if (world.dialect === "9") throw new PveError("invalid parameter 'group': ha groups have been migrated to rules");
  if (!ha.groups.some((each) => each.group === group)) {
    throw new PveError(`${verb} resource failed: HA group '${group}' does not exist`);
  }
}
