import { Document, isSeq, visit } from "yaml";
import type { Layer } from "./inventory-schema.ts";

/** An inventory file, as it is read: `above` are lines of comment at its head. Lists stand on one line. */
export function inventoryText(layer: Layer, above: readonly string[]): string {
  const document = new Document(layer);
  visit(document, {
    Seq: (_, sequence) => {
      if (isSeq(sequence)) sequence.flow = true;
    },
  });
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return `${above.map((line) => `# ${line}\n`).join("")}${text}`;
}
