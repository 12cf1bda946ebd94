import { type Document, isMap, isNode, isPair, isScalar, parseDocument } from "yaml";
import type { z } from "zod";
import { yamlMistakes } from "../../base/yaml-mistakes.ts";
import { type BrowserSpec, browserSpecSchema } from "../../model/browser-spec.ts";
import { issueReasons } from "./issue-reasons.ts";

/** A mistake of the author, at an offset of the body. */
export interface BodyMistake {
  readonly rule: "browser-yaml" | "browser-key" | "browser-value" | "browser-view" | "browser-expect";
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

/** A body that can be worked with, and where each of its parts stands; or what is wrong with it. */
export type ReadBody =
  | { readonly ok: true; readonly spec: BrowserSpec; offsetOf(path: readonly PropertyKey[]): number }
  | { readonly ok: false; readonly mistakes: readonly BodyMistake[] };

/** Reads the body of a `yaml {.browser}` block against its schema; every mistake keeps its place. */
export function readBody(body: string): ReadBody {
  const document = parseDocument(body, { prettyErrors: false, logLevel: "error" });
  if (document.errors.length > 0) {
    return {
      ok: false,
      mistakes: yamlMistakes(document.errors, body).map(({ offset, reason, remedy }) => ({
        rule: "browser-yaml",
        offset,
        reason: `YAML mal formé : ${reason}`,
        remedy,
      })),
    };
  }
  const offsetOf = (path: readonly PropertyKey[]) => offsetIn(document, path);
  const value: unknown = document.toJS();
  const parsed = browserSpecSchema.safeParse(value ?? {});
  if (parsed.success) return { ok: true, spec: parsed.data, offsetOf };
  return { ok: false, mistakes: parsed.error.issues.flatMap((issue) => mistakesOf(issue, document, body)) };
}

function mistakesOf(issue: z.core.$ZodIssue, document: Document, body: string): readonly BodyMistake[] {
  return issueReasons(issue).map(({ path, reason, remedy, unknownKey }) => {
    const offset = offsetIn(document, path);
    const rule = unknownKey ? "browser-key" : "browser-value";
    return { rule, offset, reason, remedy: quoting(body.slice(offset)) ?? remedy };
  });
}

/** `{{name}}` without quotes is a map in YAML, and what follows an opening quote is seldom what was meant. */
function quoting(text: string): string | undefined {
  const [, reference] = /^[^\n]{0,40}?(\{\{\s*[\w.-]+\s*\}\})/.exec(text) ?? [];
  if (reference === undefined || text.slice(0, text.indexOf(reference)).endsWith('"')) return undefined;
  return `Mettez la valeur entre guillemets : "${reference}".`;
}

/** Where the key at the end of a path stands (or the item, in a list); as much of the path as there is. */
function offsetIn(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last),
      );
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
