import { exhaustive } from "../base/exhaustive.ts";
import type { Expectation, JsonRule } from "../model/expectation.ts";
import { jsonPathMistake } from "./json-path.ts";
import { readRegex, regexMistake } from "./regex-text.ts";

/** Why a rule cannot be judged, in French; undefined when it can. */
export function expectationMistake(expectation: Expectation): string | undefined {
  switch (expectation.type) {
    case "regex":
      return regexMistake(expectation);
    case "equal":
    case "glob":
      return textMistake(expectation.text);
    case "json":
      return jsonPathMistake(expectation.path) ?? boundsMistake(expectation) ?? matchesMistake(expectation);
    default:
      return exhaustive(expectation);
  }
}

function textMistake(text: string): string | undefined {
  if (text.trim() === "") return "attente vide : écrivez le texte attendu, un motif ou une /expression/";
  return /[\r\n]/.test(text) ? "une attente porte sur une seule ligne ; écrivez une attente par ligne" : undefined;
}

function boundsMistake({ min, max }: JsonRule): string | undefined {
  return min !== undefined && max !== undefined && min > max ? `min (${min}) dépasse max (${max})` : undefined;
}

function matchesMistake({ matches }: JsonRule): string | undefined {
  return matches === undefined ? undefined : regexMistake(readRegex(matches));
}
