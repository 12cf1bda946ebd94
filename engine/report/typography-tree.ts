import type { Element, ElementContent, Root, Text } from "hast";
import type { Language } from "../model/report.ts";
import { type TextKind, typesetRuns } from "./typography.ts";

/** Elements whose letters are data. */
const OPAQUE_TAGS = new Set(["code", "pre", "kbd", "samp", "var", "script", "style"]);
/** Elements that go on inside a line; every other one starts a text of its own. */
const INLINE_TAGS = new Set(["a", "em", "strong", "del", "sup", "sub", "span", "input", "br"]);

/** Rehype pass: sets the prose of a tree, paragraph by paragraph, in place; code keeps its letters. */
export function typographyTree(language: Language, kind: TextKind = "prose"): (tree: Root) => void {
  return (tree) => {
    const paragraph: Piece[] = [];
    const flush = () => {
      const set = typesetRuns(
        paragraph.map(({ node, opaque }) => ({ text: node.value, opaque })),
        language,
        kind,
      );
      paragraph.forEach(({ node, opaque }, index) => {
        if (!opaque) node.value = set[index] ?? node.value;
      });
      paragraph.length = 0;
    };
    walk(tree, false, paragraph, flush);
    flush();
  };
}

interface Piece {
  readonly node: Text;
  readonly opaque: boolean;
}

function walk(parent: Root | Element, opaque: boolean, paragraph: Piece[], flush: () => void): void {
  for (const child of parent.children as readonly ElementContent[]) {
    if (child.type === "text") paragraph.push({ node: child, opaque: opaque || isAddress(parent, child) });
    if (child.type !== "element") continue;
    const inline = INLINE_TAGS.has(child.tagName) || child.tagName === "code";
    if (!inline) flush();
    walk(child, opaque || OPAQUE_TAGS.has(child.tagName), paragraph, flush);
    if (!inline) flush();
  }
}

/** A link that shows its own address. */
function isAddress(parent: Root | Element, text: Text): boolean {
  return parent.type === "element" && parent.tagName === "a" && parent.properties["href"] === text.value;
}
