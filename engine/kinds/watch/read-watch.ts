import { type Document, isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import { interpolate, type Landing, referencesIn } from "../../base/interpolate.ts";
import { yamlMistakes } from "../../base/yaml-mistakes.ts";
import type { Values } from "../../model/values.ts";
import { type WatchSpec, watchSpecSchema } from "../../model/watch-spec.ts";
import { describeIssue } from "../../runbook/index.ts";

/** A mistake of the author, at an offset of the body. */
export interface WatchMistake {
  readonly rule: "watch-yaml" | "watch-value";
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

export type ReadWatch =
  | { readonly ok: true; readonly spec: WatchSpec; offsetOf(path: readonly PropertyKey[]): number }
  | { readonly ok: false; readonly mistakes: readonly WatchMistake[] };

/** How a value lands, by the key that holds it. Pictures are filled in when they are taken. */
const LANDINGS: Readonly<Record<string, Landing>> = { path: "jsonpath", matches: "regex" };

/**
 * Reads the body of a `yaml {.watch}` block; with `values`, its references are filled in, except inside the pictures. One without a value is a mistake,
 * unless it may come `later`.
 */
export function readWatch(
  body: string,
  values?: Values,
  { later = false }: { readonly later?: boolean } = {},
): ReadWatch {
  const document = parseDocument(body, { prettyErrors: false, logLevel: "error" });
  const offsetOf = (path: readonly PropertyKey[]) => offsetIn(document, path);
  if (document.errors.length > 0) {
    const mistakes = yamlMistakes(document.errors, body).map(
      ({ offset, reason, remedy }): WatchMistake => ({
        rule: "watch-yaml",
        offset,
        reason: `YAML mal formé : ${reason}.`,
        remedy,
      }),
    );
    return { ok: false, mistakes };
  }
  const written: unknown = document.toJS() ?? {};
  const parsed = watchSpecSchema.safeParse(values === undefined ? written : filled(written, values), {
    reportInput: true,
  });
  if (parsed.success) {
    const open = values === undefined || later ? [] : referencesIn(JSON.stringify({ ...parsed.data, shots: [] }));
    if (open.length === 0) return { ok: true, spec: parsed.data, offsetOf };
    const reason = `Valeur inconnue à cette étape : ${open.join(", ")}.`;
    const remedy = "Déclarez-la, ou relevez-la dans un bloc placé avant.";
    return { ok: false, mistakes: [{ rule: "watch-value", offset: 0, reason, remedy }] };
  }
  return {
    ok: false,
    mistakes: parsed.error.issues.map((issue): WatchMistake => {
      const { path, reason, remedy } = describeIssue(issue);
      const where =
        path.length === 0
          ? ""
          : `« ${path.map((step) => (typeof step === "number" ? step + 1 : step)).join(" › ")} » : `;
      return { rule: "watch-value", offset: offsetOf(path), reason: `${where}${reason}.`, remedy };
    }),
  };
}

function filled(value: unknown, values: Values, key = ""): unknown {
  if (typeof value === "string") {
    const spelled = key === "api" ? encoded(values) : values;
    return interpolate(value, spelled, LANDINGS[key] ?? "plain");
  }
  if (Array.isArray(value))
    return value.map((item: unknown) => (key === "shots" ? shot(item, values) : filled(item, values, key)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, values, name)]));
}

function shot(value: unknown, values: Values): unknown {
  if (typeof value !== "object" || value === null || !("when" in value)) return value;
  return { ...value, when: filled(value.when, values), ...("on" in value && { on: filled(value.on, values) }) };
}

function encoded(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]));
}

/** Where the key or the item at the end of a path stands; as much of the path as there is. */
function offsetIn(document: Document, path: readonly PropertyKey[]): number {
  let offset = document.contents?.range?.[0] ?? 0;
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    } else return offset;
  }
  return offset;
}
