import { interpolate } from "../../base/interpolate.ts";
import type { ConsoleSpec, ConsoleStep } from "../../model/console-spec.ts";
import type { Values } from "../../model/values.ts";

/** The body with its values, or the French reason why it cannot have them. */
export type FilledSpec =
  | { readonly ok: true; readonly spec: ConsoleSpec }
  | { readonly ok: false; readonly reason: string };

/** Fills `{{name}}` into every text of the body; inside a pattern a value stays a value. */
export function fillSpec(spec: ConsoleSpec, values: Values): FilledSpec {
  const missing = new Set<string>();
  const plain = (text: string) => interpolate(text, values, "plain", (name) => missing.add(name));
  const pattern = (text: string) => interpolate(text, values, "regex", (name) => missing.add(name));
  const step = (each: ConsoleStep): ConsoleStep => {
    if ("keys" in each) return { keys: typeof each.keys === "string" ? keyList(plain(each.keys)) : each.keys };
    if ("type" in each) return { ...each, type: plain(each.type), ...layoutOf(each.layout, plain) };
    if ("secret" in each) return { ...each, ...layoutOf(each.layout, plain) };
    if ("wait" in each) return { ...each, wait: pattern(each.wait) };
    return each;
  };
  const filled: ConsoleSpec = {
    ...spec,
    screen: plain(spec.screen),
    steps: spec.steps.map(step),
    mask: spec.mask.map((each) => ("text" in each ? { text: pattern(each.text) } : each)),
    expect: spec.expect.map((each) => ("text" in each ? { text: pattern(each.text) } : { not: pattern(each.not) })),
  };
  if (missing.size > 0) return { ok: false, reason: `valeur inconnue à cette étape : ${[...missing].join(", ")}` };
  return { ok: true, spec: filled };
}

function layoutOf(layout: string | undefined, plain: (text: string) => string) {
  return layout === undefined ? {} : { layout: plain(layout) };
}

/** A variable may hold several keys, separated by commas or spaces. */
function keyList(text: string): string[] {
  return text.split(/[\s,]+/).filter((key) => key !== "");
}
