import type { NodeState } from "../node.ts";
import type { World } from "../world.ts";
import { renderGroups, renderResources, renderRules } from "./ha-config.ts";
import { lrmStatus, managerFile } from "./ha-status.ts";

/** What the stack keeps below /etc/pve, by path; nothing before it is used. */
export function haFiles(world: World, node: NodeState): readonly (readonly [path: string, text: string])[] {
  const { ha } = node.database;
  const files: (readonly [string, string])[] = [];
  if (ha.resources.length > 0) files.push(["/ha/resources.cfg", renderResources(ha)]);
  if (ha.groups.length > 0) files.push(["/ha/groups.cfg", renderGroups(ha)]);
  if (world.dialect === "9" && ha.rules.length > 0) files.push(["/ha/rules.cfg", renderRules(ha)]);
  if (ha.master === undefined) return files;
  files.push(["/ha/manager_status", JSON.stringify(managerFile(ha))]);
  files.push(["/ha/crm_commands", ha.commands.map((command) => `${command}\n`).join("")]);
  const status = Object.entries(lrmStatus(node));
  return [...files, ...status.map(([name, each]) => [`/nodes/${name}/lrm_status`, JSON.stringify(each)] as const)];
}
