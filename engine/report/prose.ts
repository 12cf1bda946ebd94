import type { ElementContent, Root as HtmlRoot, Properties } from "hast";
import type {
  Definition,
  FootnoteDefinition,
  Html,
  Image,
  ImageReference,
  PhrasingContent,
  Root,
  RootContent,
} from "mdast";
import rehypeStringify from "rehype-stringify";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import type { Language } from "../model/report.ts";
import type { Markup } from "../model/report-body.ts";
import { captionTables, type NumberTable } from "./caption-tables.ts";
import { crossReferences, type Resolve } from "./cross-references.ts";
import type { TextKind } from "./typography.ts";
import { typographyTree } from "./typography-tree.ts";
import { wordsOf } from "./words.ts";

/** What a piece of prose may refer to from anywhere in its document. */
export type Notes = readonly (Definition | FootnoteDefinition)[];

export interface ProseOptions {
  readonly language: Language;
  readonly notes: Notes;
  /** Keeps the ids of one piece apart from those of the others. */
  readonly prefix: string;
  readonly kind?: TextKind;
  /** What links to a place of the report point at; without it such links stay text. */
  readonly resolve?: Resolve;
  /** Numbers the tables; without it they have no caption. */
  readonly table?: NumberTable;
}

/** Markdown prose as HTML, typography set. Raw HTML shows as text, comments are left out, only web and mail links work. */
export function renderProse(nodes: readonly RootContent[], options: ProseOptions): Markup {
  const { language, notes, prefix, kind = "prose" } = options;
  const words = wordsOf(language);
  const tree: Root = { type: "root", children: structuredClone([...nodes, ...notes]) };
  if (options.resolve !== undefined) crossReferences(tree, options.resolve, language);
  const processor = unified()
    .use(remarkRehype, {
      clobberPrefix: `${prefix}-`,
      footnoteLabel: words.footnotes,
      footnoteLabelTagName: "p",
      footnoteBackLabel: words.footnoteBack,
      footnoteLabelProperties: { className: ["notes-title"] },
      handlers: {
        html: (_state: unknown, node: Html): ElementContent[] => textOfHtml(node),
        image: (_state: unknown, node: Image) => omitted(words.imageOmitted, node.alt ?? ""),
        imageReference: (_state: unknown, node: ImageReference) => omitted(words.imageOmitted, node.alt ?? ""),
      },
    })
    .use(rehypeStringify);
  const html = processor.runSync(tree);
  disarmLinks(html);
  if (options.table !== undefined) captionTables(html, options.table, words.table);
  typographyTree(language, kind)(html);
  return { html: processor.stringify(html).trim() };
}

/** A title without its paragraph. */
export function renderTitle(nodes: readonly PhrasingContent[], options: Omit<ProseOptions, "kind">): Markup {
  const bare = nodes.map(
    (node): PhrasingContent => (node.type === "link" ? { type: "emphasis", children: node.children } : node),
  );
  const { html } = renderProse([{ type: "paragraph", children: bare }], { ...options, kind: "title" });
  return { html: html.replace(/^<p>|<\/p>$/g, "") };
}

function textOfHtml(node: Html): ElementContent[] {
  const text = node.value.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  return text.trim() === "" ? [] : [{ type: "text", value: text }];
}

function omitted(word: string, alternative: string): ElementContent {
  const text = alternative === "" ? `[${word}]` : `[${word} : ${alternative}]`;
  return { type: "element", tagName: "em", properties: {}, children: [{ type: "text", value: text }] };
}

/** An address that leads nowhere from a report (a file beside the runbook, a script) stays as text. */
function disarmLinks(tree: HtmlRoot | ElementContent): void {
  if (tree.type === "element" && tree.tagName === "a" && !leads(tree.properties)) {
    tree.tagName = "span";
    tree.properties = {};
  }
  if ("children" in tree) for (const child of tree.children) disarmLinks(child as ElementContent);
}

function leads(properties: Properties): boolean {
  const href = String(properties["href"] ?? "");
  const own =
    String(properties["className"] ?? "").includes("inner") ||
    properties["dataFootnoteRef"] !== undefined ||
    properties["dataFootnoteBackref"] !== undefined;
  return own ? href.startsWith("#") : /^(?:https?|mailto):/i.test(href);
}
