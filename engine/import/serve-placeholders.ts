import { VFile } from "vfile";
import { parseRunbook } from "../runbook/index.ts";
import { quotedYaml } from "./quoted-yaml.ts";
import { kindHint, type TargetHint, targetHint } from "./target-hints.ts";

/** A placeholder of the skeleton, and where its picture is taken as far as the text says. */
export interface ServedPlaceholder {
  readonly caption: string;
  readonly target: string | undefined;
  readonly hint: TargetHint | undefined;
}

/** A chapter in which a block asks a person for each picture that no block gives yet. */
export interface Served {
  readonly text: string;
  readonly placeholders: readonly ServedPlaceholder[];
}

const NAMELESS = /\[[\s\u200b\u2060]*capture[\s\u200b\u2060]*[:：][\s\u200b\u2060]*\]/giu;
/** How many lines above a placeholder a sentence still speaks of it. */
const FURTHEST = 80;

/** Puts a `.manual` block above each placeholder that no block serves. Captions that cannot be told apart get a number. */
export function servePlaceholders(source: string, path: string): Served {
  const text = distinctCaptions(source, path);
  const runbook = parseRunbook(new VFile({ path, value: text }));
  const lines = text.split("\n");
  const served = new Set(runbook.blocks.flatMap((block) => [block.settings.capture, ...(block.shotCaptions ?? [])]));
  const additions = new Map<number, string[]>();
  const placeholders = runbook.placeholders.map(({ caption, place, section }) => {
    const hint = hintFor(caption, lines, place.line, runbook.sections[section]?.place.line ?? 1);
    const target = hint === undefined || hint.target.startsWith("@") ? undefined : hint.target;
    if (!served.has(caption)) {
      const line = insertionLine(runbook.tree.children, place.line);
      additions.set(line, [...(additions.get(line) ?? []), manualBlock(caption, target, hint)]);
    }
    return { caption, target, hint };
  });
  const written = lines.flatMap((line, index) => [...(additions.get(index + 1) ?? []), line]);
  return { text: [...written, ...(additions.get(lines.length + 1) ?? [])].join("\n"), placeholders };
}

function manualBlock(caption: string, target: string | undefined, hint: TargetHint | undefined): string {
  const kind = kindHint(caption);
  const ideas = [
    ...(kind === undefined ? [] : [`à automatiser par un bloc ${kind} ?`]),
    ...(hint === undefined ? [] : [`cible d’après « ${hint.words.replace(/\s+/g, " ")} » : on=${hint.target}`]),
  ];
  return [
    ...(ideas.length === 0 ? [] : [`<!-- import : ${ideas.join(" ; ").replaceAll("--", "- -")} -->`, ""]),
    `\`\`\`text {.manual${target === undefined ? "" : ` on=${target}`}}`,
    `#| capture: ${quotedYaml(caption)}`,
    "Prendre l’image que dit la légende, puis la donner.",
    "```",
    "",
    "",
  ]
    .join("\n")
    .slice(0, -1);
}

/** The caption's own words, else the nearest sentence above that names a target, else the section's title. */
function hintFor(caption: string, lines: readonly string[], line: number, title: number): TargetHint | undefined {
  const own = targetHint(caption);
  if (own !== undefined) return own;
  for (let at = line - 1; at >= Math.max(title, line - FURTHEST); at -= 1) {
    const text = lines[at - 1] ?? "";
    const found = /\[\s*capture/i.test(text) ? undefined : targetHint(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Before the paragraph, list or table that holds it; after a heading, that a block would cut off from its section. */
function insertionLine(
  nodes: readonly {
    readonly type: string;
    readonly position?: { start: { line: number }; end: { line: number } } | undefined;
  }[],
  line: number,
): number {
  const holder = nodes.find(
    ({ position }) => position !== undefined && position.start.line <= line && line <= position.end.line,
  );
  if (holder?.position === undefined) return line;
  return holder.type === "heading" ? holder.position.end.line + 1 : holder.position.start.line;
}

/** Placeholders without a caption get one, and all but the first of those that cannot be told apart a number. */
function distinctCaptions(source: string, path: string): string {
  let nameless = 0;
  const named = source.replace(NAMELESS, () => {
    nameless += 1;
    return `[ Capture : à préciser ${nameless} ]`;
  });
  const { placeholders } = parseRunbook(new VFile({ path, value: named }));
  const taken = new Set(placeholders.map(({ id }) => id));
  const seen = new Map<string, number>();
  const twins = placeholders.flatMap(({ id, place }) => {
    const before = seen.get(id);
    let number = (before ?? 0) + 1;
    while (before !== undefined && taken.has(`${id}-${number}`)) number += 1;
    seen.set(id, number);
    return before === undefined ? [] : [{ place, number }];
  });
  // From the end, so that what stands before keeps its place.
  return twins.reduceRight((text, { place, number }) => numbered(text, place.line, place.column, number), named);
}

/** Writes a number before the bracket that closes the placeholder which opens here. */
function numbered(text: string, line: number, column: number, number: number): string {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "[") depth += 1;
    if (text[at] === "]") depth -= 1;
    if (depth === 0) return `${text.slice(0, at).trimEnd()} (${number}) ${text.slice(at)}`;
  }
  return text;
}
