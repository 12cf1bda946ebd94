import type { Link, Nodes, Parents, PhrasingContent, Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import type { Language } from "../model/report.ts";
import { innerLink } from "./inner-link.ts";
import { wordsOf } from "./words.ts";

/** A place of the report that prose may point at. */
export interface Target {
  readonly anchor: string;
  /** « figure 12 » */
  readonly label: string;
}

/** What `#name` points at; undefined when it is no place of this report. */
export type Resolve = (name: string) => Target | undefined;

/**
 * Links to a capture, a block, a section or a chapter of the report become references with number and page, in place: `[figure](#id)` and `[](#id)` give
 * « figure 12, p. 34 », `[le quorum](#id)` gives « le quorum (figure 12, p. 34) ».
 */
export function crossReferences(tree: Root, resolve: Resolve, language: Language): void {
  walk(tree, resolve, language);
}

function walk(parent: Parents, resolve: Resolve, language: Language): void {
  const children: readonly Nodes[] = parent.children;
  parent.children = children.flatMap((child): readonly Nodes[] => {
    const target = child.type === "link" && child.url.startsWith("#") ? resolve(decoded(child.url)) : undefined;
    if (child.type === "link" && target !== undefined) return reference(child, target, language);
    if ("children" in child) walk(child, resolve, language);
    return [child];
  }) as typeof parent.children;
}

function reference(link: Link, { anchor, label }: Target, language: Language): readonly PhrasingContent[] {
  const text = textOf(link).trim();
  const [written, whole] = [text.toLowerCase(), label.toLowerCase()];
  const named = text === "" || whole === written || whole.startsWith(`${written} `) || whole.endsWith(` ${written}`);
  const shown = innerLink(anchor, label);
  if (named) return [shown, page(anchor, language)];
  const own: Link = { ...innerLink(anchor, ""), children: link.children };
  return [own, { type: "text", value: " (" }, shown, page(anchor, language), { type: "text", value: ")" }];
}

/** « , p. 34 »: on paper only. The number is filled in by the printing passes. */
function page(anchor: string, language: Language): PhrasingContent {
  const number = span({ className: ["page"], dataPageOf: anchor }, []);
  const text: PhrasingContent = { type: "text", value: `, ${wordsOf(language).pageShort} ` };
  return span({ className: ["page-ref"] }, [text, number]);
}

function span(properties: Record<string, string | string[]>, children: PhrasingContent[]): PhrasingContent {
  return { type: "emphasis", children, data: { hName: "span", hProperties: properties } };
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.slice(1));
  } catch {
    return url.slice(1);
  }
}
