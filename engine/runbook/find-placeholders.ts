import type { Nodes, Root } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import { editDistance } from "../base/edit-distance.ts";
import type { Report } from "./author-message.ts";
import { phrasingText } from "./phrasing-text.ts";
import { linesOf } from "./region.ts";

/** A `[ Capture : … ]` as it stands in the prose; `parent` is the paragraph, heading or table cell that holds it. */
export interface FoundPlaceholder {
  readonly caption: string;
  readonly line: number;
  readonly column: number;
  readonly parent: Nodes;
}

const GAP = "[\\s\\u200b\\u2060]*";
const PLACEHOLDER = new RegExp(`\\[${GAP}capture${GAP}[:：]((?:[^\\[\\]]|\\[[^\\[\\]]*\\])*)\\]`, "giu");
/** A bracket followed by a word that may be a misspelt « Capture ». */
const ALMOST = new RegExp(`\\[${GAP}([\\p{L}]{6,9})(?![\\p{L}])`, "giu");
const HIDDEN = new RegExp(`\\[${GAP}capture${GAP}[:：]`, "iu");
const FORM = "Écrivez [ Capture : libellé ] dans un paragraphe, sans indentation ni balise.";

/** Every placeholder of the prose in document order, however loosely spelled; those that a reader would miss are reported. */
export function findPlaceholders(tree: Root, text: string, report: Report): readonly FoundPlaceholder[] {
  const found: FoundPlaceholder[] = [];
  const source = linesOf(text);
  visit(tree, (node) => {
    if (node.type === "code") {
      warnIndented(node, source, report);
      return SKIP;
    }
    if (node.type === "html") {
      warnHtml(node, report);
      return SKIP;
    }
    if (node.type !== "paragraph" && node.type !== "heading" && node.type !== "tableCell") return;
    if (!/capt/i.test(text.slice(node.position?.start.offset, node.position?.end.offset))) return SKIP;
    found.push(...placeholdersOf(node, text, report));
    return SKIP;
  });
  return found;
}

function placeholdersOf(parent: Nodes, whole: string, report: Report): readonly FoundPlaceholder[] {
  const flat = phrasingText(parent, whole);
  const found: FoundPlaceholder[] = [];
  const read: (readonly [number, number])[] = [];
  for (const match of flat.text.matchAll(PLACEHOLDER)) {
    if (flat.isCode(match.index) || flat.isCode(match.index + match[0].length - 1)) continue;
    read.push([match.index, match.index + match[0].length]);
    const place = flat.bracketAt(match.index);
    const caption = (match[1] ?? "").replace(/[\s\u200b\u2060]+/g, " ").trim();
    if (caption !== "") found.push({ caption, ...place, parent });
    else {
      report({ rule: "empty-caption", place, reason: "Cet emplacement de capture n’a pas de libellé.", remedy: FORM });
    }
  }
  for (const match of flat.text.matchAll(ALMOST)) {
    const word = (match[1] ?? "").toLowerCase();
    if (flat.isCode(match.index) || editDistance(word, "capture") > 1) continue;
    if (read.some(([from, to]) => match.index >= from && match.index < to)) continue;
    report({
      rule: "almost-placeholder",
      place: flat.bracketAt(match.index),
      reason: "Ceci ressemble à un emplacement de capture, mais n’en est pas un : aucune figure n’y sera mise.",
      remedy: FORM,
      severity: "warning",
    });
  }
  return found;
}

function warnIndented(node: Nodes & { readonly type: "code" }, source: readonly string[], report: Report): void {
  const start = node.position?.start;
  const opening = source[(start?.line ?? 0) - 1]?.slice((start?.column ?? 1) - 1) ?? "";
  if (start === undefined || /^(?:```|~~~)/.test(opening)) return;
  node.value.split("\n").forEach((line, index) => {
    const written = source[start.line - 1 + index] ?? "";
    const place = { line: start.line + index, column: written.length - written.trimStart().length + 1 };
    if (HIDDEN.test(line)) {
      report({
        rule: "hidden-placeholder",
        place: { ...place, column: Math.max(1, written.indexOf("[") + 1) },
        reason: "Cet emplacement de capture est indenté : Markdown y voit du code, aucune figure n’y sera mise.",
        remedy: "Ramenez-le au bord du texte (moins de quatre espaces).",
        severity: "warning",
      });
    } else if (/^(?:`{3,}|~{3,})[ \t]*\S+[ \t]*\{/.test(line.trimStart())) {
      report({
        rule: "indented-fence",
        place,
        reason: "Cette ouverture de bloc est indentée : Markdown y voit du code cité, le bloc ne s’exécutera pas.",
        remedy: "Ramenez le bloc au bord du texte ; dans une liste, alignez-le sur le texte de l’élément.",
        severity: "warning",
      });
    }
  });
}

function warnHtml(node: Nodes & { readonly type: "html" }, report: Report): void {
  const visible = node.value.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\n]/g, " "));
  const match = HIDDEN.exec(visible);
  const start = node.position?.start;
  if (match === null || start === undefined) return;
  const before = visible.slice(0, match.index).split("\n");
  report({
    rule: "hidden-placeholder",
    place: {
      line: start.line + before.length - 1,
      column: before.length === 1 ? start.column + match.index : (before.at(-1)?.length ?? 0) + 1,
    },
    reason: "Cet emplacement de capture est dans du HTML : aucune figure n’y sera mise.",
    remedy: "Séparez-le du HTML par une ligne vide.",
    severity: "warning",
  });
}
