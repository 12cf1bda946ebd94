import { readRegex, regexMistake } from "../../expect/index.ts";
import type { ConsoleSpec } from "../../model/console-spec.ts";
import type { SpecMistake } from "./read-spec.ts";

type Path = readonly PropertyKey[];

/** The patterns of a body that are none, before a run comes upon them in the middle of an installation. */
export function checkPatterns(spec: ConsoleSpec, offsetOf: (path: Path) => number): readonly SpecMistake[] {
  return patternsOf(spec).flatMap(([path, written]): readonly SpecMistake[] => {
    // A value is escaped where it lands: as good as any letter.
    const mistake = regexMistake(readRegex(written.replace(/\{\{.*?\}\}/gs, "0")));
    if (mistake === undefined) return [];
    const remedy = "Corriger le motif ; devant un signe qui se lit tel quel, écrire une barre oblique inverse : \\(.";
    return [{ rule: "console-pattern", offset: offsetOf(path), reason: mistake, remedy }];
  });
}

function patternsOf({ steps, mask, expect }: ConsoleSpec): readonly (readonly [Path, string])[] {
  return [
    ...steps.flatMap((step, at) => ("wait" in step ? [[["steps", at, "wait"], step.wait] as const] : [])),
    ...mask.flatMap((each, at) => ("text" in each ? [[["mask", at, "text"], each.text] as const] : [])),
    ...expect.map((each, at) =>
      "text" in each ? ([["expect", at, "text"], each.text] as const) : ([["expect", at, "not"], each.not] as const),
    ),
  ];
}
