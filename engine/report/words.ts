import type { Language } from "../model/report.ts";
import { en } from "./words-en.ts";
import { fr, type Words } from "./words-fr.ts";

export type WordKey = keyof Words;

/** Every word that the report says by itself, in the language of `rapport.yaml`. */
export function wordsOf(language: Language): Words {
  return language === "fr" ? fr : en;
}
