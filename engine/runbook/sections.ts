import type { Heading, Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import type { Section } from "../model/runbook.ts";

const NUMBER = /^\s*(\d+(?:\.\d+)*)\.?(?=[\s\u200b\u2060]|$)[\s\u200b\u2060]*/;

/** A heading of the document itself (not one that is quoted), and the section it opens. */
export interface Headed {
  readonly node: Heading;
  readonly section: Section;
}

/** Every heading in order, with the number its text begins with. */
export function findSections(tree: Root, file: string): readonly Headed[] {
  const headings = tree.children.filter((node) => node.type === "heading");
  return headings.map((node, index) => {
    const title = textOf(node).replace(/\s+/g, " ").trim();
    const { line = 1, column = 1 } = node.position?.start ?? {};
    const number = NUMBER.exec(title)?.[1] ?? "";
    return { node, section: { index, depth: node.depth, title, number, place: { file, line, column } } };
  });
}

/** A section's title without its number: `3.5. Vérification` gives `Vérification`. */
export function unnumbered(title: string): string {
  return title.replace(NUMBER, "");
}

/** Index of the section in which a line stands; 0 before the first heading. */
export function sectionAt(sections: readonly Section[], line: number): number {
  const after = sections.findIndex((section) => section.place.line > line);
  return Math.max(0, (after < 0 ? sections.length : after) - 1);
}

/** The sections that govern a section, outermost first, itself last. */
export function ancestry(sections: readonly Section[], index: number): readonly number[] {
  const chain: number[] = [];
  let depth = Number.POSITIVE_INFINITY;
  for (let at = index; at >= 0; at -= 1) {
    const section = sections[at];
    if (section === undefined || section.depth >= depth) continue;
    chain.unshift(at);
    depth = section.depth;
  }
  return chain;
}
