import { type Document, isMap, isNode, isScalar, type Node, parseDocument, visit } from "yaml";
import type { Json, JsonObject } from "../base/json.ts";
import { yamlMistakes } from "../base/yaml-mistakes.ts";
import type { Place } from "../model/place.ts";
import type { Report } from "./author-message.ts";
import { placeAt, type Region } from "./region.ts";

/** A YAML mapping of an author's file, with the place of everything in it. */
export interface YamlMap {
  readonly values: JsonObject;
  /** Place of the key at this path, or of its nearest ancestor that is written. */
  placeOf(path: readonly (string | number)[]): Place;
  /** A scalar letter for letter (`1.10` stays `1.10`); undefined when the path holds none. */
  sourceOf(path: readonly (string | number)[]): string | undefined;
}

/** Reads a mapping; mistakes are reported as `bad-yaml` and give undefined. Empty text is an empty mapping. */
export function readYamlMap(region: Region, what: string, report: Report): YamlMap | undefined {
  const document = parseDocument(region.text, { prettyErrors: false, stringKeys: true, logLevel: "silent" });
  const mistakes = yamlMistakes([...document.errors, ...document.warnings], region.text);
  for (const { offset, reason, remedy } of mistakes) {
    report({ rule: "bad-yaml", place: placeAt(region, offset), reason: `${what} : ${reason}.`, remedy });
  }
  if (mistakes.length > 0) return undefined;

  const content = document.contents;
  const empty = content === null || (isScalar(content) && content.value === null);
  if (!empty && !isMap(content)) {
    report({
      rule: "bad-yaml",
      place: placeAt(region, content.range?.[0] ?? 0),
      reason: `${what} : des réglages « clé: valeur » sont attendus.`,
      remedy: "Écrivez clé: valeur, une par ligne (avec une espace après les deux-points).",
    });
    return undefined;
  }
  if (reportCutPatterns(document, region, what, report)) return undefined;
  const values = empty ? {} : plainValues(document, region, what, report);
  if (values === undefined) return undefined;
  return {
    values,
    placeOf: (path) => placeAt(region, keyOffset(document, path)),
    sourceOf: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? (node.source ?? String(node.value)) : undefined;
    },
  };
}

/** A `#` after a space starts a comment: inside an unquoted pattern it would silently cut it. */
function reportCutPatterns(document: Document, region: Region, what: string, report: Report): boolean {
  let found = false;
  visit(document, {
    Scalar: (_key, node) => {
      const cut = node.type === "PLAIN" && node.comment && /^\/(?!.*\/[a-z]*$)/.test(node.source ?? "");
      if (!cut) return;
      found = true;
      report({
        rule: "bad-yaml",
        place: placeAt(region, node.range?.[0] ?? 0),
        reason: `${what} : le « # » de ce motif commence un commentaire, ce qui suit est perdu.`,
        remedy: "Mettez le motif entre guillemets simples : '/…/'.",
      });
    },
  });
  return found;
}

function plainValues(document: Document, region: Region, what: string, report: Report): JsonObject | undefined {
  try {
    return toJson(document.toJS({ maxAliasCount: 20 })) as JsonObject;
  } catch {
    // An alias without its anchor, or aliases that multiply each other.
    const alias = /(?<=[\s,[{]|^)\*/.exec(region.text)?.index ?? 0;
    report({
      rule: "bad-yaml",
      place: placeAt(region, alias),
      reason: `${what} : en YAML, une valeur qui commence par « * » désigne une autre valeur.`,
      remedy: 'Mettez-la entre guillemets : clé: "*…".',
    });
    return undefined;
  }
}

function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
  }
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  return String(value);
}

function keyOffset(document: Document, path: readonly (string | number)[]): number {
  let offset = document.contents?.range?.[0] ?? 0;
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      offset = startOf(pair.key, offset);
      node = pair.value;
    } else if (isNode(node) && "items" in node && Array.isArray(node.items)) {
      node = node.items[Number(step)];
      if (node === undefined) return offset;
      offset = startOf(node, offset);
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown, fallback: number): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? fallback) : fallback;
}
