import type { Element, ElementContent, Root } from "hast";
import { toString as textOf } from "mdast-util-to-string";
import type { NumberedTable } from "../model/report-front.ts";

/** Numbers a table of the prose; the caption is what its author wrote, empty when nothing. */
export type NumberTable = (caption: string) => Pick<NumberedTable, "number" | "anchor" | "caption">;

/** A paragraph « Tableau : … » right above or below a table is its caption. */
const CAPTION = /^\s*(?:Tableau|Table)\s*[:—]\s*/u;

/** Gives every table of a tree its number and caption, above it, in place. */
export function captionTables(tree: Root | Element, number: NumberTable, word: string): void {
  const children = tree.children as ElementContent[];
  for (const [index, child] of children.entries()) {
    if (child.type !== "element") continue;
    if (child.tagName !== "table") {
      captionTables(child, number, word);
      continue;
    }
    const written = captionBeside(children, index);
    const { number: rank, anchor, caption } = number(written === undefined ? "" : textIn(written).replace(CAPTION, ""));
    child.children.unshift({
      type: "element",
      tagName: "caption",
      properties: { id: anchor },
      children: [
        {
          type: "element",
          tagName: "span",
          properties: { className: ["number"] },
          children: [{ type: "text", value: `${word}\u00a0${rank}` }],
        },
        { type: "text", value: `\u00a0— ${caption}` },
      ],
    });
    if (written !== undefined) written.properties["dataTaken"] = true;
  }
  tree.children = children.filter((child) => !(child.type === "element" && child.properties["dataTaken"] === true));
}

/** The element right above the table, else the one below that stands above no other, when it announces a caption that no table took. */
function captionBeside(children: readonly ElementContent[], index: number): Element | undefined {
  const before = children.slice(0, index).findLast((child) => child.type === "element");
  const [after, next] = children.slice(index + 1).filter((child) => child.type === "element");
  return [before, next?.tagName === "table" ? undefined : after].find(
    (child) => child?.tagName === "p" && child.properties["dataTaken"] !== true && CAPTION.test(textIn(child)),
  );
}

function textIn(element: Element): string {
  return textOf(element).replace(/\s+/g, " ").trim();
}
