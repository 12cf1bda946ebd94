import { interpolate, referencesIn } from "../base/interpolate.ts";
import type { Values } from "../model/values.ts";
import { globToRegExp } from "./glob.ts";
import { readRegex, regexMistake } from "./regex-text.ts";

/** How often a line may come: once, at most once, any number of times (none included). */
export type Times = "once" | "optional" | "any";

/** One line of an expected output. */
export interface OutputRule {
  readonly times: Times;
  /** As the author wrote it, values filled in; what a difference shows. */
  readonly written: string;
  matches(line: string): boolean;
}

const SUFFIX = /\s\((?:(equal|eq|glob|re|regex)([?*+])?|([?*+]))\)$/;

/**
 * Reads a line of an expected output: the text itself, or with a suffix `(glob)`, `(re)`, `(equal)`; `?`, `*` and `+` before the closing
 * parenthesis make it optional or repeated, as in `(?)` and `(re*)`. A `+` is one line and then any number. Missing values and a broken
 * pattern give the French reason.
 */
export function readOutputRules(
  line: string,
  values: Values,
): { readonly rules: readonly OutputRule[] } | { readonly failed: string } {
  const [suffix = "", form = "equal", ofForm, alone] = SUFFIX.exec(line) ?? [];
  const text = line.slice(0, line.length - suffix.length);
  const missing = new Set<string>();
  const fill = (landing: "plain" | "regex" | "glob") => interpolate(text, values, landing, (name) => missing.add(name));
  const matcher = matcherOf(form, text, fill);
  if (missing.size > 0) return { failed: `valeur inconnue à cette étape : ${[...missing].join(", ")}` };
  if ("failed" in matcher) return matcher;
  const written = `${fill("plain")}${suffix}`;
  const rule = (times: Times): OutputRule => ({ times, written, matches: matcher.matches });
  switch (ofForm ?? alone) {
    case "?":
      return { rules: [rule("optional")] };
    case "*":
      return { rules: [rule("any")] };
    case "+":
      return { rules: [rule("once"), rule("any")] };
    default:
      return { rules: [rule("once")] };
  }
}

/** Why a line of an expected output is malformed, in French, whatever its references will hold; undefined when it is sound. */
export function checkOutputLine(line: string): string | undefined {
  const read = readOutputRules(line, Object.fromEntries(referencesIn(line).map((name) => [name, "0"])));
  return "failed" in read ? read.failed : undefined;
}

type Matcher = { readonly matches: (line: string) => boolean };

function matcherOf(
  form: string,
  text: string,
  fill: (landing: "plain" | "regex" | "glob") => string,
): Matcher | { readonly failed: string } {
  if (form === "glob") {
    const pattern = globToRegExp(fill("glob").trimEnd());
    return { matches: (line) => pattern.test(line) };
  }
  if (form === "re" || form === "regex") {
    const { flags } = readRegex(text);
    const { source } = readRegex(fill("regex"));
    const mistake = regexMistake({ source, flags });
    if (mistake !== undefined) return { failed: mistake };
    // The whole line, as for the other forms; what is left open is said with `.*`.
    const pattern = new RegExp(`^(?:${source})$`, flags);
    return { matches: (line) => pattern.test(line) };
  }
  const wanted = fill("plain").trimEnd();
  return { matches: (line) => line === wanted };
}
