import type { VFile } from "vfile";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { yamlMistakes } from "../base/yaml-mistakes.ts";

export type YamlPath = readonly PropertyKey[];

/** What is wrong with a value, against which rule, and what to write instead. */
export interface SettingsMistake {
  readonly rule: string;
  readonly reason: string;
  readonly remedy: string;
}

/** A small YAML file whose mistakes become messages with line and column. */
export interface YamlFile {
  /** Undefined when it is not YAML; its messages say why. */
  readonly data: unknown;
  complain(path: YamlPath, mistake: SettingsMistake, at?: "value" | "key", severity?: "error" | "warning"): void;
}

/** Reads a YAML file; syntax mistakes and double keys become fatal messages on it. */
export function readYamlFile(file: VFile): YamlFile {
  const lines = new LineCounter();
  const text = String(file);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const say = (offset: number, { rule, reason, remedy }: SettingsMistake, severity: "error" | "warning") => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    const place = { line: Math.max(1, line), column: Math.max(1, col) };
    const message = file.message(reason, { place, ruleId: rule, source: "constat" });
    message.fatal = severity === "error";
    message.note = remedy;
  };
  for (const { offset, reason, remedy } of yamlMistakes(document.errors, text))
    say(offset, { rule: "yaml-syntax", reason: `YAML mal formé : ${reason}`, remedy }, "error");
  return {
    data: document.errors.length === 0 ? plainOf(document) : undefined,
    complain: (path, mistake, at = "value", severity = "error") => say(offsetOf(document, path, at), mistake, severity),
  };
}

/** An alias that leads nowhere, or to itself, is no value. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS() ?? {};
  } catch {
    return undefined;
  }
}

/** Where a path stands; its nearest ancestor, where it does not stand in the file. */
function offsetOf(document: Document.Parsed, path: YamlPath, at: "value" | "key"): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    const target =
      pair === undefined ? document.getIn(path.slice(0, length), true) : at === "key" ? pair.key : pair.value;
    if (isNode(target) && target.range) return target.range[0];
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
