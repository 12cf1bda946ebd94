import type { FirstContact } from "../../model/event.ts";
import type { BmcAccess, InventoryNode } from "../../model/inventory.ts";
import { normalFingerprint } from "../tls-certificate.ts";

/** A node with its management controller. */
export type BmcNode = InventoryNode & { readonly bmc: BmcAccess };

/** Which certificate each controller must show. */
export interface BmcPins {
  /** The pin of the inventory or, without one, what the first contact of this run showed; undefined before it. */
  expected(node: BmcNode): string | undefined;
  /** Keeps what a controller without a pin showed at the first contact. */
  keep(node: BmcNode, shown: string): void;
  /** After a reset to factory settings: the next certificate is a new one, and taken like a first one. */
  expectNew(node: BmcNode): void;
  /** Certificates that nobody vouched for: taken at a first contact since this was last asked. */
  firstContacts(): readonly FirstContact[];
}

/** A controller comes with a certificate of its own making: it is pinned at first use, never unverified afterwards. */
export function createBmcPins(): BmcPins {
  const kept = new Map<string, string>();
  const renewed = new Set<string>();
  const untold: FirstContact[] = [];
  return {
    expected: (node) => {
      const own = renewed.has(node.name) ? undefined : node.bmc.fingerprint;
      const pin = kept.get(node.name) ?? own;
      return pin === undefined ? undefined : normalFingerprint(pin);
    },
    keep: (node, shown) => {
      kept.set(node.name, shown);
      // After a reset the step that renews it journals old and new.
      if (!renewed.has(node.name)) untold.push({ node: node.name, fingerprint: shown });
    },
    expectNew: (node) => {
      kept.delete(node.name);
      renewed.add(node.name);
    },
    firstContacts: () => untold.splice(0),
  };
}
