import type { Html, Nodes, Parents, Root } from "mdast";
import { visit } from "unist-util-visit";
import type { RawSettings } from "../model/setting.ts";
import type { Report } from "./author-message.ts";
import { reportDuplicateKey } from "./block-attributes.ts";
import type { FoundPlaceholder } from "./find-placeholders.ts";
import { locate, placeAt, type Region, region, regionFrom } from "./region.ts";
import type { Headed } from "./sections.ts";
import { checkedSettings, rawSettings } from "./settings.ts";
import { readYamlMap } from "./yaml-map.ts";

/** Settings that `<!-- constat: … -->` comments give to sections and to placeholders, by their index. */
export interface CommentSettings {
  readonly sections: ReadonlyMap<number, RawSettings>;
  readonly placeholders: ReadonlyMap<number, RawSettings>;
}

const COMMENT = /<!--([\s\S]*?)(-->|$)/g;
const OURS = /^\s*constat\s*:/;
const REMEDY = "Placez-le seul sur sa ligne, juste au-dessus d’un titre ou d’un paragraphe [ Capture : … ].";

/** Reads every constat comment of the document; one that governs nothing is an error. */
export function readComments(
  tree: Root,
  source: readonly string[],
  file: string,
  headed: readonly Headed[],
  placeholders: readonly FoundPlaceholder[],
  report: Report,
): CommentSettings {
  const sections = new Map<number, RawSettings>();
  const held = new Map<number, RawSettings>();
  visit(tree, "html", (node, index, parent) => {
    for (const content of commentsOf(node, source, file, report)) {
      const target = targetOf(parent, index);
      const section = headed.find((candidate) => candidate.node === target);
      const indexes = placeholders.flatMap((found, at) => (found.parent === target ? [at] : []));
      if (section === undefined && indexes.length === 0) {
        report({
          rule: "misplaced-comment",
          place: placeAt(content, 0),
          reason: "Ce commentaire « constat: » ne règle rien ici.",
          remedy: REMEDY,
        });
        continue;
      }
      const map = readYamlMap(content, "Commentaire « constat: »", report);
      if (map === undefined) continue;
      const origin = section === undefined ? "placeholder" : "section";
      const layer = checkedSettings(rawSettings(map, origin), report, map.placeOf);
      if (section !== undefined) add(sections, section.section.index, layer, report);
      for (const at of indexes) add(held, at, layer, report);
    }
  });
  return { sections, placeholders: held };
}

function add(into: Map<number, RawSettings>, index: number, layer: RawSettings, report: Report): void {
  const before = into.get(index) ?? {};
  for (const [key, setting] of Object.entries(layer)) {
    if (Object.hasOwn(before, key)) reportDuplicateKey(key, setting.place, before[key]?.place, report);
  }
  into.set(index, { ...layer, ...before });
}

/** What follows a comment, other comments aside; undefined inside a line of text. */
function targetOf(parent: Parents | undefined, index: number | undefined): Nodes | undefined {
  if (parent === undefined || index === undefined || parent.type === "paragraph") return undefined;
  return parent.children.slice(index + 1).find((sibling) => sibling.type !== "html");
}

/** The YAML of each constat comment in an HTML node. */
function commentsOf(node: Html, source: readonly string[], file: string, report: Report): readonly Region[] {
  const start = node.position?.start;
  if (start === undefined || !node.value.includes("<!--")) return [];
  const placed = locate(file, source, node.value, start.line);
  const lines = placed.lines.map((line, index) => (index === 0 ? { ...line, column: start.column } : line));
  const whole = region(file, lines);
  const found: Region[] = [];
  for (const match of whole.text.matchAll(COMMENT)) {
    const content = match[1] ?? "";
    const from = match.index + 4;
    const mark = OURS.exec(content);
    if (match[2] === "") {
      report({
        rule: "unclosed-comment",
        place: placeAt(whole, match.index),
        reason: "Ce commentaire n’est jamais fermé : tout ce qui suit en ferait partie.",
        remedy: "Fermez-le par « --> ».",
      });
    } else if (mark !== null) {
      found.push(regionFrom(whole, from + mark[0].length, from + content.length));
    } else if (/^\s*constat\s*\{/i.test(content)) {
      report({
        rule: "misplaced-comment",
        place: placeAt(whole, match.index),
        reason: "Ce commentaire n’est pas lu : il manque « : » après « constat ».",
        remedy: "Écrivez <!-- constat: { clé: valeur } -->.",
      });
    }
  }
  return found;
}
