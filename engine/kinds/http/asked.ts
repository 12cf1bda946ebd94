import type { InventoryNode } from "../../model/inventory.ts";

/** What was asked: it gives a refusal its names. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly node: InventoryNode;
}
