import type { Nodes } from "mdast";
import { parseMarkdown } from "../../engine/runbook/index.ts";

/** What a reader of Markdown sees, letters and digits only: without front matter, comments, and the blocks that an import adds. */
export function readLetters(markdown: string): string {
  return letters(collect(parseMarkdown(markdown)));
}

/** The letters and digits of a text. */
export function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

function collect(node: Nodes): string {
  switch (node.type) {
    case "yaml":
    case "html":
      return "";
    case "code":
      return node.meta?.includes(".manual") === true ? "" : ` ${node.value} `;
    case "list": {
      const start = node.start ?? 1;
      return node.children
        .map((item, index) => `${node.ordered === true ? `${start + index} ` : ""}${collect(item)}`)
        .join(" ");
    }
    default:
      if ("children" in node) return node.children.map((child) => collect(child)).join(" ");
      return "value" in node ? node.value : "";
  }
}
