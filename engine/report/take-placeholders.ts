import type { Nodes, Parents, PhrasingContent } from "mdast";
import type { Placeholder } from "../model/runbook.ts";

/** The same form as the runbook reader's: bracket, « Capture », colon, caption; spaces of any kind. */
const GAP = "[\\s\\u200b\\u2060]*";
const PLACEHOLDER = new RegExp(`\\[${GAP}capture${GAP}[:：]((?:[^\\[\\]]|\\[[^\\[\\]]*\\])*)\\]`, "giu");

/** Placeholders of a document in order, handed out as the prose comes to them. */
export type Queue = Placeholder[];

/**
 * Takes the placeholders out of a paragraph, heading or cell, in place: each becomes what `link` gives, or nothing when the
 * text holds nothing else. Gives those that were taken.
 */
export function takePlaceholders(
  node: Parents,
  queue: Queue,
  link: (placeholder: Placeholder) => PhrasingContent,
): readonly Placeholder[] {
  const text = flatten(node);
  const matches = [...text.matchAll(PLACEHOLDER)].filter((match) => (match[1] ?? "").trim() !== "");
  if (matches.length === 0) return [];
  const taken: Placeholder[] = [];
  const holes: Hole[] = [];
  for (const match of matches) {
    const placeholder = queue.shift();
    if (placeholder === undefined) break;
    taken.push(placeholder);
    holes.push({ from: match.index, to: match.index + match[0].length, placeholder });
  }
  const alone = text.replace(PLACEHOLDER, "").replace(/[\s.,;:]/g, "") === "";
  cut(node, holes, 0, alone ? () => undefined : link);
  return taken;
}

interface Hole {
  readonly from: number;
  readonly to: number;
  readonly placeholder: Placeholder;
}

function flatten(node: Nodes): string {
  // Code never opens a placeholder; its letters only keep the offsets.
  if (node.type === "inlineCode") return "\ufffc".repeat(node.value.length);
  if (node.type === "text") return node.value;
  if (node.type === "break") return " ";
  return "children" in node ? node.children.map(flatten).join("") : "";
}

/** Removes the holes from the leaves below `parent`; gives the offset after it. */
function cut(
  parent: Parents,
  holes: readonly Hole[],
  start: number,
  link: (placeholder: Placeholder) => PhrasingContent | undefined,
): number {
  let offset = start;
  const kept: Nodes[] = [];
  for (const child of parent.children as readonly Nodes[]) {
    const from = offset;
    if ("children" in child) {
      offset = cut(child, holes, from, link);
      if (child.children.length > 0 || !isInline(child)) kept.push(child);
      continue;
    }
    offset += flatten(child).length;
    if (child.type === "text") kept.push(...cutText(child.value, from, holes, link));
    else if (!holes.some((hole) => hole.from <= from && offset <= hole.to)) kept.push(child);
  }
  parent.children = kept as typeof parent.children;
  return offset;
}

function cutText(
  value: string,
  start: number,
  holes: readonly Hole[],
  link: (placeholder: Placeholder) => PhrasingContent | undefined,
): readonly Nodes[] {
  const end = start + value.length;
  const nodes: Nodes[] = [];
  let at = start;
  const keep = (to: number) => {
    if (to > at) nodes.push({ type: "text", value: value.slice(at - start, to - start) });
  };
  for (const hole of holes) {
    if (hole.to <= start || hole.from >= end) continue;
    keep(Math.min(hole.from, end));
    const shown = hole.from >= start ? link(hole.placeholder) : undefined;
    if (shown !== undefined) nodes.push(shown);
    at = Math.max(at, hole.to);
  }
  keep(end);
  return nodes.filter((node) => node.type !== "text" || node.value !== "");
}

function isInline(node: Nodes): boolean {
  return node.type === "emphasis" || node.type === "strong" || node.type === "delete" || node.type === "link";
}
