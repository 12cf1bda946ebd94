import { isMap, isNode, isPair, isScalar, parseDocument } from "yaml";
import { closestNames } from "../../base/closest.ts";
import { oneOf } from "../../base/one-of.ts";
import { yamlMistakes } from "../../base/yaml-mistakes.ts";
import { type ConsoleSpec, consoleSpecSchema } from "../../model/console-spec.ts";

/** A mistake of the author, at an offset of the body. */
export interface SpecMistake {
  readonly rule:
    | "console-yaml"
    | "console-key"
    | "console-value"
    | "console-expect"
    | "console-role"
    | "console-pattern";
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

export type ReadSpec =
  | {
      readonly ok: true;
      readonly spec: ConsoleSpec;
      /** Where the value at a path stands in the body. */
      readonly offsetOf: (path: readonly PropertyKey[]) => number;
    }
  | { readonly ok: false; readonly mistakes: readonly SpecMistake[] };

const KEYS = Object.keys(consoleSpecSchema.shape);
const FORMS: Readonly<Record<string, string>> = {
  screen: "Écrire node, bmc ou vm/<numéro>.",
  steps:
    "Une étape est { keys: alt-n }, { type: texte, layout: fr }, { secret: nom }, { wait: motif, within: 2m }, { stable: 2s } ou { shot: true }.",
  expect: "Une attente est { text: motif } ou { not: motif }.",
  mask: "Écrire { text: motif } ou { box: { x, y, width, height } }.",
};

/** Reads the body of a `yaml {.console}` block against its schema; every mistake keeps its place. */
export function readSpec(body: string): ReadSpec {
  const document = parseDocument(body, { prettyErrors: false, logLevel: "error" });
  if (document.errors.length > 0) {
    const mistakes = yamlMistakes(document.errors, body).map(
      ({ offset, reason, remedy }): SpecMistake => ({
        rule: "console-yaml",
        offset,
        reason: `YAML mal formé : ${reason}`,
        remedy,
      }),
    );
    return { ok: false, mistakes };
  }
  const parsed = consoleSpecSchema.safeParse((document.toJS() as unknown) ?? {});
  if (parsed.success) {
    return { ok: true, spec: parsed.data, offsetOf: (path) => offsetOf(document.contents, path) };
  }
  const mistakes = parsed.error.issues.flatMap((issue): readonly SpecMistake[] => {
    const [top] = issue.path;
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
      return issue.keys.map((key) => unknownKey(key, offsetOf(document.contents, [key])));
    }
    const name = issue.path.map(String).join(".");
    const offset = offsetOf(document.contents, issue.path);
    const reason =
      issue.code === "custom" ? issue.message : `« ${name === "" ? "screen" : name} » n’est pas de la forme attendue`;
    return [
      {
        rule: "console-value",
        offset,
        reason,
        remedy: FORMS[String(top ?? "screen")] ?? "Voir docs/kinds/console.md.",
      },
    ];
  });
  return { ok: false, mistakes };
}

function unknownKey(key: string, offset: number): SpecMistake {
  const close = closestNames(key, KEYS);
  const remedy = close.length > 0 ? `Écrire ${oneOf(close)}.` : `Clés connues : ${KEYS.join(", ")}.`;
  return { rule: "console-key", offset, reason: `clé inconnue « ${key} »`, remedy };
}

/** Where the value at a path stands; as much of the path as there is. */
function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
  let offset = isNode(contents) && contents.range ? contents.range[0] : 0;
  for (const key of path) {
    if (!isMap(node)) {
      node =
        typeof node === "object" && node !== null && "items" in node
          ? (node.items as unknown[])[Number(key)]
          : undefined;
    } else {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      node = pair?.value;
      if (pair !== undefined && isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
    }
    if (isNode(node) && node.range) offset = node.range[0];
    if (node === undefined) return offset;
  }
  return offset;
}
