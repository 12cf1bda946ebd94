import type { Nodes, Parents, PhrasingContent, RootContent } from "mdast";
import type { Block, Placeholder } from "../model/runbook.ts";
import { type Queue, takePlaceholders } from "./take-placeholders.ts";

/** Something that stands in the document where prose is interrupted. */
export type Stop =
  | { readonly type: "placeholder"; readonly placeholder: Placeholder }
  | { readonly type: "block"; readonly block: Block };

/** A top-level node without its blocks and placeholders; `prose` is undefined when nothing is left to read. */
export interface Apart {
  readonly prose: RootContent | undefined;
  readonly stops: readonly Stop[];
}

export interface Apartment {
  /** Blocks by the line of their fence. */
  readonly blocks: ReadonlyMap<number, Block>;
  readonly queue: Queue;
  link(placeholder: Placeholder): PhrasingContent;
}

/** Separates what a person reads from what the run made, at any depth: lists and quotes may hold blocks and placeholders. */
export function takeApart(node: RootContent, context: Apartment): Apart {
  const stops: Stop[] = [];
  const rest = strip(structuredClone(node), context, stops);
  return { prose: rest, stops };
}

function strip<T extends Nodes>(node: T, context: Apartment, stops: Stop[]): T | undefined {
  if (node.type === "code") {
    const block = context.blocks.get(node.position?.start.line ?? 0);
    if (block === undefined) return node;
    stops.push({ type: "block", block });
    return undefined;
  }
  if (node.type === "paragraph" || node.type === "heading" || node.type === "tableCell") {
    const taken = takePlaceholders(node, context.queue, context.link);
    stops.push(...taken.map((placeholder): Stop => ({ type: "placeholder", placeholder })));
    return taken.length > 0 && node.type === "paragraph" && isBlank(node) ? undefined : node;
  }
  if (!("children" in node)) return node;
  const parent: Parents = node;
  const before = parent.children.length;
  const children = (parent.children as Nodes[])
    .map((child) => strip(child, context, stops))
    .filter((child) => child !== undefined);
  parent.children = children as typeof parent.children;
  return before > 0 && children.length === 0 ? undefined : node;
}

function isBlank(node: Parents): boolean {
  return (node.children as readonly Nodes[]).every((child) => child.type === "text" && /^[\s.,;:]*$/.test(child.value));
}
