import { VFile } from "vfile";
import {
  type AnsibleFormat,
  importAnsible,
  inventoryText,
  parseInventory,
} from "../../../../engine/inventory/index.ts";
import type { Layer } from "../../../../engine/inventory/inventory-schema.ts";
import type { Inventory } from "../../../../engine/model/inventory.ts";

export interface Read {
  readonly layer: Layer | undefined;
  /** `line:column reason`, fatal ones with an exclamation mark before. */
  readonly said: readonly string[];
  /** What comes out, read by our own parser; undefined when nothing was taken over. */
  readonly inventory: Inventory | undefined;
  readonly text: string;
}

/** Imports a text, and reads what is written: a mistake there is ours and fails the test. */
export function importText(text: string, format: AnsibleFormat): Read {
  const file = new VFile({ path: "hosts", value: text });
  const layer = importAnsible(file, format);
  const said = file.messages.map(
    ({ fatal, line, column, reason }) => `${fatal ? "!" : ""}${line ?? 0}:${column ?? 0} ${reason}`,
  );
  if (layer === undefined) return { layer, said, inventory: undefined, text: "" };
  const written = inventoryText(layer, ["essai"]);
  const ours = new VFile({ path: "inventaire.yaml", value: written });
  const inventory = parseInventory([ours]);
  if (ours.messages.length > 0) throw new Error(`${ours.messages.map(String).join("\n")}\n${written}\n${text}`);
  return { layer, said, inventory, text: written };
}
