import type { VFile } from "vfile";
import { sha256 } from "../base/digest.ts";

/** A text of the inventory as the run folder keeps it. */
export interface InventorySource {
  readonly file: string;
  readonly sha256: string;
  readonly text: string;
}

const OWN = "inventaire.yaml";
const BASES = /^inventaire-base(?:-\d+)?\.yaml$/;

/** The inventory's own text, and those that it extends, the first one first; under names that no runbook may bear. */
export function inventorySources(files: readonly VFile[]): {
  readonly own: InventorySource;
  readonly bases: readonly InventorySource[];
} {
  const bases = files
    .slice(0, -1)
    .map((file, index, all) => kept(file, index === all.length - 1 ? "" : `-${all.length - index}`));
  return { own: toSource(OWN, files.at(-1)), bases };
}

/** Whether a runbook of this name would be mistaken for an inventory. */
export function isInventoryName(name: string): boolean {
  return name === OWN || BASES.test(name);
}

function kept(file: VFile, number: string): InventorySource {
  return toSource(`inventaire-base${number}.yaml`, file);
}

function toSource(name: string, file: VFile | undefined): InventorySource {
  const text = String(file?.value ?? "");
  return { file: name, sha256: sha256(text), text };
}
