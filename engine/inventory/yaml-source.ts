import type { VFile } from "vfile";
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  YAMLParseError,
} from "yaml";
import { type YamlMistake, yamlMistakes } from "../base/yaml-mistakes.ts";
import type { Complaint } from "./complaint.ts";
import type { YamlPath } from "./field-at.ts";

/** A YAML file that remembers where each of its values stands. */
export interface YamlSource {
  readonly file: VFile;
  /** The plain value; undefined when the file is not YAML. */
  readonly data: unknown;
  /** Puts a fatal message on the file, at a value or, with `key`, at the key itself. */
  complain(path: YamlPath, complaint: Complaint, at?: "value" | "key"): void;
  has(path: YamlPath): boolean;
}

/** Reads a YAML 1.2 file; syntax mistakes become messages on it. */
export function readYaml(file: VFile): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(String(file), {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const complainAt = (offset: number, { rule, reason, remedy }: Complaint) => {
    const { line, col } = lines.linePos(Math.min(offset, String(file).length));
    const place = { line: Math.max(1, line), column: Math.max(1, col) };
    const message = file.message(reason, { place, ruleId: rule, source: "constat" });
    message.fatal = true;
    message.note = remedy;
  };
  const doubles = doubleKeys(document).map((at) => new YAMLParseError([at, at + 1], "DUPLICATE_KEY", ""));
  const errors = [...document.errors, ...doubles];
  for (const mistake of yamlMistakes(errors, String(file))) complainAt(mistake.offset, inOneLine(mistake));
  keepVariablesAsWritten(document);
  return {
    file,
    data: errors.length === 0 ? plainOf(document, (complaint) => complainAt(0, complaint)) : undefined,
    complain: (path, complaint, at = "value") => complainAt(offsetOf(document, path, at), complaint),
    has: (path) => document.hasIn(path),
  };
}

/** Where a key stands for the second time in its map. The library looks through all keys for each one, which takes seconds for thousands. */
function doubleKeys(document: Document.Parsed): readonly number[] {
  const found: number[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const met = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === "<<") continue;
        if (met.has(key.value)) found.push(key.range?.[0] ?? 0);
        met.add(key.value);
      }
    },
  });
  return found;
}

/** The messages of an inventory are parts of a sentence. */
function inOneLine({ reason, remedy }: YamlMistake): Complaint {
  const said = `${remedy.charAt(0).toLowerCase()}${remedy.slice(1)}`.replace(/\.$/, "");
  return { rule: "yaml-syntax", reason: `YAML mal formé : ${reason}`, remedy: said };
}

function plainOf(document: Document.Parsed, complain: (complaint: Complaint) => void): unknown {
  try {
    return document.toJS() ?? {};
  } catch {
    complain({
      rule: "yaml-alias",
      reason: "alias YAML sans ancre, ou trop imbriqué",
      remedy: "écrivez la valeur en toutes lettres",
    });
    return undefined;
  }
}

/** `1.10` and `0755` are texts to whoever writes them as a variable or a version; YAML would make them 1.1 and 755. */
function keepVariablesAsWritten(document: Document.Parsed): void {
  visit(document, {
    Pair: (_, { key, value }: Pair) => {
      if (!isScalar(key)) return;
      if (key.value === "version") keepAsWritten(value);
      if (key.value === "versions" && isMap(value)) for (const release of value.items) keepAsWritten(release.key);
      if (key.value === "vars" && isMap(value)) for (const variable of value.items) keepAsWritten(variable.value);
    },
  });
}

function keepAsWritten(scalar: unknown): void {
  if (isScalar(scalar) && typeof scalar.value !== "string" && scalar.source) scalar.value = scalar.source;
}

/** Where a path stands; where it does not stand in this file, its nearest ancestor does. */
function offsetOf(document: Document.Parsed, path: YamlPath, at: "value" | "key"): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
      : undefined;
    const target =
      pair === undefined ? document.getIn(path.slice(0, length), true) : at === "key" ? pair.key : pair.value;
    if (isNode(target) && target.range) return target.range[0];
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
