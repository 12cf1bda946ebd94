import { type Inventory, type InventoryNode, LOCAL } from "../model/inventory.ts";
import type { Plan } from "../model/plan.ts";
import type { DeclaredVariable } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import { resolveDefinitions } from "./definitions.ts";
import { roleValues } from "./ha-roles.ts";

/**
 * All named values at a step on one target: `nodes.<name>.…` of every node, `node.…` of the target, the declared variables (their
 * defaults, or what the inventory says instead), the inventory's own, and last what earlier steps saved. A variable that refers to what
 * has not been saved yet is absent.
 */
export function valuesFor(plan: Plan, inventory: Inventory, target: string, saved: Values): Values {
  return knownOn(plan.variables, inventory, target, saved);
}

/** The same without a plan: for what is told after the run. */
export function knownOn(
  variables: readonly DeclaredVariable[],
  inventory: Inventory,
  target: string,
  saved: Values,
): Values {
  const given = { ...nodeValues(inventory), ...targetValues(inventory, target), ...saved };
  const definitions = [...definitionsOf(variables, inventory, target)].filter(([name]) => !Object.hasOwn(saved, name));
  return { ...given, ...resolveDefinitions(new Map(definitions), given).values };
}

/** The values that are known before a run, on no node in particular. */
export function knownBefore(variables: readonly DeclaredVariable[], inventory: Inventory): Values {
  const given = nodeValues(inventory);
  return { ...given, ...resolveDefinitions(definitionsOf(variables, inventory, ""), given).values };
}

/** Every text that may refer to other values, by name; what the inventory says of a declared variable replaces its default. */
export function definitionsOf(
  variables: readonly DeclaredVariable[],
  inventory: Inventory,
  target: string,
): ReadonlyMap<string, string> {
  const ofNode = ({ name, vars }: InventoryNode, prefix: string) =>
    Object.entries(vars).map(([key, text]) => [`${prefix}.${key}`, inNode(name, text)] as const);
  return new Map([
    ...variables.map((variable) => [variable.name, variable.default] as const),
    ...Object.entries(inventory.vars),
    ...inventory.nodes.flatMap((node) => ofNode(node, `nodes.${node.name}`)),
    ...inventory.nodes.filter(({ name }) => name === target).flatMap((node) => ofNode(node, "node")),
  ]);
}

/** What every node is called and where it is: `nodes.pve1.address`, `….hostname`, `….name`, and its controller `….bmc`. */
export function nodeValues(inventory: Inventory): Values {
  return Object.assign(roleValues(inventory), ...inventory.nodes.map((node) => identityOf(node, `nodes.${node.name}`)));
}

function targetValues(inventory: Inventory, target: string): Values {
  const node = target === LOCAL ? undefined : inventory.nodes.find(({ name }) => name === target);
  return node === undefined ? {} : identityOf(node, "node");
}

function identityOf({ name, hostname, address, bmc }: InventoryNode, prefix: string): Values {
  return {
    [`${prefix}.name`]: name,
    [`${prefix}.hostname`]: hostname,
    [`${prefix}.address`]: address,
    // Empty where there is none: a block that needs it is not chosen there.
    [`${prefix}.bmc`]: bmc?.endpoint.host ?? "",
  };
}

/** In a variable of a node, `node.` is that node, whichever target asks: so one default serves them all. */
function inNode(name: string, text: string): string {
  return text.replace(/\{\{\s*node\./g, `{{nodes.${name}.`);
}
