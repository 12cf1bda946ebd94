import { type Inventory, type InventoryNode, LOCAL, ROLE_GROUPS } from "../model/inventory.ts";
import type { Block } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { type PlanProblem, placeOf } from "./plan-problem.ts";

/** The variable of the inventory that names the victim, and what it is without it. */
const VICTIM_VARIABLE = "ha_victime";
const DEFAULT_VICTIM = "pve2";

/** The node that the failure test will cut, if the inventory has it. */
function victimOf(inventory: Inventory): InventoryNode | undefined {
  const name = inventory.vars[VICTIM_VARIABLE] ?? DEFAULT_VICTIM;
  return inventory.nodes.find((node) => node.name === name);
}

/** The members of a role; undefined for a name that is no role, empty when this inventory cannot play it. */
export function roleMembers(group: string, inventory: Inventory): readonly string[] | undefined {
  const victim = victimOf(inventory);
  switch (group) {
    case "ha-victime":
      return victim ? [victim.name] : [];
    case "ha-temoin":
      return inventory.nodes
        .filter((node) => node !== victim && victim !== undefined)
        .slice(0, 1)
        .map(({ name }) => name);
    case "ha-alimentation":
      return victim?.power === undefined ? [] : [victim.power.by === "command" ? victim.power.host : victim.name];
    default:
      return undefined;
  }
}

/** `ha.victim.…` and `ha.witness.…`: who plays the roles, how the victim's power is commanded, and the commands where these do it. */
export function roleValues(inventory: Inventory): Values {
  const victim = victimOf(inventory);
  const witness = inventory.nodes.find(({ name }) => name === roleMembers("ha-temoin", inventory)?.[0]);
  const identity = (prefix: string, node: InventoryNode | undefined) =>
    node === undefined
      ? {}
      : { [`${prefix}.name`]: node.name, [`${prefix}.hostname`]: node.hostname, [`${prefix}.address`]: node.address };
  const power = victim?.power;
  return {
    ...identity("ha.victim", victim),
    ...identity("ha.witness", witness),
    ...(power && { "ha.victim.power.by": power.by }),
    ...(power?.by === "command" && { "ha.victim.power.off": power.off, "ha.victim.power.on": power.on }),
  };
}

/** Why the failure test cannot be planned here: nobody could start the victim again, or others would die with it. */
export function roleProblems(blocks: readonly Block[], inventory: Inventory): readonly PlanProblem[] {
  const roles: readonly string[] = ROLE_GROUPS.map((group) => `@${group}`);
  const block = blocks.find(({ settings }) => settings.on?.some((word) => roles.includes(word)));
  if (block === undefined) return [];
  const problem = (reason: string, remedy: string) => [{ place: placeOf(block, "on"), reason, remedy }];
  const victim = victimOf(inventory);
  if (victim === undefined) {
    const name = inventory.vars[VICTIM_VARIABLE] ?? DEFAULT_VICTIM;
    return problem(
      `le nœud à arrêter pour l’essai de panne, « ${name} », n’est pas dans l’inventaire`,
      `donnez à la variable « ${VICTIM_VARIABLE} » le nom de l’un de ses nœuds`,
    );
  }
  const guests = inventory.nodes.filter((node) => livesOn(node, victim.name)).map(({ name }) => name);
  if (guests.length > 0) {
    return problem(
      `« ${victim.name} » héberge ${guests.join(" et ")} : l’arrêter emporterait le quorum`,
      `donnez à la variable « ${VICTIM_VARIABLE} » le nom d’un nœud qui n’en héberge aucun autre`,
    );
  }
  if (victim.power === undefined) {
    return problem(
      `rien ne pourrait rallumer « ${victim.name} » après l’essai de panne : son inventaire n’a pas de « power »`,
      'ajoutez à ce nœud power: { host: pve1, off: "qm stop 102", on: "qm start 102" }, son contrôleur de gestion (bmc), ou power: manual',
    );
  }
  const host = victim.power.by === "command" ? victim.power.host : LOCAL;
  if (host !== LOCAL && !inventory.nodes.some(({ name }) => name === host)) {
    return problem(
      `l’alimentation de « ${victim.name} » se commande depuis « ${host} », qui n’est pas dans l’inventaire`,
      `donnez à « power.host » le nom d’un nœud, ou ${LOCAL}`,
    );
  }
  return [];
}

/** A node whose power or screen is a virtual machine's is that machine. */
function livesOn({ name, power, console: screen }: InventoryNode, host: string): boolean {
  return name !== host && ((power?.by === "command" && power.host === host) || screen?.host === host);
}
