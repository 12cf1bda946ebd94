import { type Inventory, LOCAL } from "../model/inventory.ts";
import type { Block } from "../model/runbook.ts";

/** Why the block's `when` leaves it out on this site, in French; undefined when it may run. */
export function leftOutByOffer(block: Block, inventory: Inventory): string | undefined {
  for (const condition of block.settings.when ?? []) {
    const [, not, offer = "", name = ""] = /^(!?)([a-z]+)@(.+)$/.exec(condition) ?? [];
    const node = inventory.nodes.find((candidate) => candidate.name === name && name !== LOCAL);
    const offered = node !== undefined && Object.hasOwn(node, offer);
    if (offered === (not === "")) continue;
    return not === ""
      ? `ce site n’offre pas « ${offer} » pour ${name}`
      : `ce site offre « ${offer} » pour ${name} : un autre bloc s’en charge`;
  }
  return undefined;
}
