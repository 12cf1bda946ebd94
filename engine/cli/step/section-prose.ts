import type { Nodes, Parent, RootContent } from "mdast";
import { interpolate } from "../../base/interpolate.ts";
import type { Block, Runbook } from "../../model/runbook.ts";
import type { Values } from "../../model/values.ts";
import { wrapText } from "./fit-text.ts";

const PLACEHOLDER = /\[\s*capture\s*:[^\]]*\]/giu;

/** The titles that lead to a block, outermost first. */
export function titlesOf({ sections, title }: Runbook, block: Block): readonly string[] {
  const titles: string[] = [];
  let depth = Number.POSITIVE_INFINITY;
  for (const section of sections.slice(0, block.section + 1).toReversed()) {
    if (section.depth >= depth) continue;
    depth = section.depth;
    titles.unshift(section.title);
  }
  return titles.length > 0 ? titles : [title];
}

/** What the author says before a block: the prose of its section since the block before it, as lines of at most so many columns. */
export function proseBefore(runbook: Runbook, block: Block, values: Values, columns: number): readonly string[] {
  const heading = runbook.sections[block.section]?.place.line ?? 0;
  const earlier = runbook.blocks.map(({ place }) => place.line).filter((line) => line < block.place.line);
  const from = Math.max(heading, ...earlier);
  const found: Nodes[] = [];
  collect(runbook.tree.children, from, block.place.line, found);
  const paragraphs = found.map((node) => interpolate(blockText(node), values)).filter((text) => text.trim() !== "");
  return paragraphs.flatMap((text, index) => [...(index === 0 ? [] : [""]), ...wrapText(text, columns)]);
}

/** Whole pieces between two lines; a list that holds one of the lines is looked into. */
function collect(nodes: readonly RootContent[], from: number, to: number, found: Nodes[]): void {
  for (const node of nodes) {
    const start = node.position?.start.line ?? 0;
    const end = node.position?.end.line ?? 0;
    if (start > from && end < to) found.push(node);
    else if (end > from && start < to && "children" in node && node.type !== "paragraph" && node.type !== "heading")
      collect(node.children as readonly RootContent[], from, to, found);
  }
}

function blockText(node: Nodes): string {
  switch (node.type) {
    case "heading":
    case "html":
    case "yaml":
    case "definition":
    case "footnoteDefinition":
    case "thematicBreak":
      return "";
    case "code":
      return node.value.replace(/^/gm, "    ");
    case "list":
      return node.children
        .map((item, index) => {
          const mark = node.ordered === true ? `${(node.start ?? 1) + index}.` : "–";
          return `${mark} ${childText(item).replace(/\n/g, `\n${" ".repeat(mark.length + 1)}`)}`;
        })
        .join("\n");
    case "blockquote":
      return childText(node).replace(/^/gm, "> ");
    case "table":
      return node.children.map((row) => row.children.map(inlineText).join("  |  ")).join("\n");
    case "listItem":
      return childText(node);
    default:
      return inlineText(node).replace(PLACEHOLDER, "").replace(/ {2,}/g, " ").trim();
  }
}

function childText(parent: Parent): string {
  return parent.children
    .map((child) => blockText(child as Nodes))
    .filter((text) => text !== "")
    .join("\n");
}

function inlineText(node: Nodes): string {
  if (node.type === "break") return "\n";
  if (node.type === "html") return "";
  if (node.type === "inlineCode") return `\`${node.value}\``;
  if ("children" in node) return node.children.map((child) => inlineText(child as Nodes)).join("");
  return "value" in node ? node.value.replace(/\s*\n\s*/g, " ") : "";
}
