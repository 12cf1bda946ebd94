import type { FootnoteDefinition, Nodes, Parents, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import type { Language } from "../../model/report.ts";
import { crossReferences, type Resolve } from "../cross-references.ts";
import { wordsOf } from "../words.ts";

export interface ProseMarkdownOptions {
  readonly language: Language;
  /** Definitions and notes of the whole document. */
  readonly notes: readonly RootContent[];
  /** Keeps the notes of one document apart from those of the others. */
  readonly prefix: string;
  readonly resolve: Resolve;
}

const TO_TEXT = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: "-", emphasis: "_", fences: true, rule: "-", resourceLink: true });

/** Prose as GFM again: raw HTML shows as text, comments are left out, links lead to the web, to a mailbox or to a place of the report. */
export function proseMarkdown(nodes: readonly RootContent[], options: ProseMarkdownOptions): string {
  const tree: Root = { type: "root", children: structuredClone([...nodes]) };
  crossReferences(tree, options.resolve, options.language);
  rewrite(tree, options);
  return TO_TEXT.stringify(tree).trim();
}

/** The notes of a document, to stand once at its end. */
export function notesMarkdown(options: ProseMarkdownOptions): string {
  const definitions = options.notes.filter((node): node is FootnoteDefinition => node.type === "footnoteDefinition");
  return definitions.length === 0 ? "" : proseMarkdown(definitions, options);
}

function rewrite(parent: Parents, options: ProseMarkdownOptions): void {
  const children: readonly Nodes[] = parent.children;
  parent.children = children.flatMap((child): readonly Nodes[] => {
    if ("children" in child) rewrite(child, options);
    return rewritten(child, options);
  }) as typeof parent.children;
}

function rewritten(node: Nodes, { language, notes, prefix }: ProseMarkdownOptions): readonly Nodes[] {
  switch (node.type) {
    case "html":
      return htmlAsText(node.value);
    case "image":
    case "imageReference": {
      const word = wordsOf(language).imageOmitted;
      return [{ type: "text", value: node.alt ? `[${word} : ${node.alt}]` : `[${word}]` }];
    }
    case "footnoteReference":
    case "footnoteDefinition":
      return [
        { ...node, identifier: `${prefix}-${node.identifier}`, label: `${prefix}-${node.label ?? node.identifier}` },
      ];
    case "linkReference": {
      const definition = notes.find((note) => note.type === "definition" && note.identifier === node.identifier);
      const url = definition?.type === "definition" ? definition.url : "";
      return leads(url) ? [{ type: "link", url, children: node.children }] : node.children;
    }
    case "link":
      return leads(node.url) || node.data?.hProperties !== undefined ? [node] : node.children;
    case "emphasis":
      // « , p. 34 » is for paper.
      return node.data?.hName === "span" ? [] : [node];
    default:
      return [node];
  }
}

function htmlAsText(value: string): readonly Nodes[] {
  const text = value.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  return text.trim() === "" ? [] : [{ type: "text", value: text }];
}

function leads(url: string): boolean {
  return /^(?:https?|mailto):/i.test(url);
}
