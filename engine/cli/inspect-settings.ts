import { checkExpectation, checkSelector, readMask, readRegex, regexMistake } from "../expect/index.ts";
import type { BodyMessage } from "../kinds/kind.ts";
import type { Block } from "../model/runbook.ts";

/** The author's mistakes in settings that hold a small language of their own: expectations, selectors, masks, prompts. */
export function inspectSettings(block: Block): readonly BodyMessage[] {
  const { expect = [], save = {}, mask = [], answers = [] } = block.settings;
  const at = (key: string) => block.raw[key]?.place ?? block.place;
  return [
    ...expect.flatMap((entry) => message("bad-expectation", at("expect"), checkExpectation(entry))),
    ...Object.entries(save).flatMap(([name, entry]) =>
      message("bad-selector", at("save"), prefixed(name, checkSelector(entry))),
    ),
    ...mask.flatMap((entry) => message("bad-mask", at("mask"), mistakeOf(readMask(entry)))),
    ...answers.flatMap(({ prompt }) => message("bad-prompt", at("answers"), regexMistake(readRegex(prompt)))),
  ];
}

const REMEDIES = {
  "bad-expectation": "Écrivez un texte, un motif avec *, une /expression régulière/ ou { json: { path: … } }.",
  "bad-selector": "Donnez une expression régulière dont le premier groupe est la valeur, ou { json: chemin }.",
  "bad-mask": "Donnez une expression régulière ; ce qui lui répond est couvert.",
  "bad-prompt":
    "Donnez une expression régulière qui reconnaît la question ; échappez ce qui doit être pris à la lettre.",
} as const;

function message(rule: keyof typeof REMEDIES, place: BodyMessage["place"], mistake: string | undefined): BodyMessage[] {
  if (mistake === undefined) return [];
  return [{ rule, place, reason: `${mistake.charAt(0).toUpperCase()}${mistake.slice(1)}.`, remedy: REMEDIES[rule] }];
}

function prefixed(name: string, mistake: string | undefined): string | undefined {
  return mistake === undefined ? undefined : `« ${name} » : ${mistake}`;
}

function mistakeOf(read: ReturnType<typeof readMask>): string | undefined {
  return "mistake" in read ? read.mistake : undefined;
}
