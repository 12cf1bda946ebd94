import { type Inventory, LOCAL } from "../model/inventory.ts";
import type { Block } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";

/** Why the block's `when` leaves it out on this site, in French; undefined when it may run. `values` are those known before the run. */
export function leftOutByOffer(block: Block, inventory: Inventory, values: Values): string | undefined {
  for (const condition of block.settings.when ?? []) {
    const reason = condition.includes("=") ? unlikeVariable(condition, values) : unlikeOffer(condition, inventory);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unlikeVariable(condition: string, values: Values): string | undefined {
  const [name = "", wanted = ""] = condition.split("=");
  const value = values[name];
  return value === wanted ? undefined : `${name} vaut ici « ${value ?? ""} » et non « ${wanted} »`;
}

function unlikeOffer(condition: string, inventory: Inventory): string | undefined {
  const [, not, offer = "", name = ""] = /^(!?)([a-z]+)@(.+)$/.exec(condition) ?? [];
  const node = inventory.nodes.find((candidate) => candidate.name === name && name !== LOCAL);
  const offered = node !== undefined && Object.hasOwn(node, offer);
  if (offered === (not === "")) return undefined;
  return not === ""
    ? `ce site n’offre pas « ${offer} » pour ${name}`
    : `ce site offre « ${offer} » pour ${name} : un autre bloc s’en charge`;
}
