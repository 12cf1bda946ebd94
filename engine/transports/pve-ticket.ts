import type { JsonObject } from "../base/json.ts";
import type { InventoryNode } from "../model/inventory.ts";

/** An open session with a node's API, as `access/ticket` answers it. Secret: never stored, never printed. */
export interface PveTicket {
  readonly ticket: string;
  readonly csrf: string;
  readonly user: string;
  /** The capability map (`cap`): the web page decides from it which tabs exist. */
  readonly capabilities: JsonObject;
  readonly clusterName?: string | undefined;
}

/** Opens sessions and keeps them; one per node address, as each node has its own signing key before a join. */
export interface PveTickets {
  get(node: InventoryNode, signal: AbortSignal): Promise<PveTicket>;
  /** After a 401 or a join: the next `get` logs in again. With the ticket that was refused, one that is newer stays. */
  drop(node: InventoryNode, refused?: PveTicket): void;
}
