import type { Report } from "../../model/report.ts";
import { wordsOf } from "../words.ts";

/** One choice of a filter: the value that the page's blocks carry, and its words. */
export interface Choice {
  readonly value: string;
  readonly word: string;
}

/** What a reader can filter the page by; only what the report holds. */
export interface Facets {
  readonly chapters: readonly Choice[];
  readonly statuses: readonly Choice[];
  readonly kinds: readonly Choice[];
  readonly nodes: readonly Choice[];
}

export function facetsOf({ chapters, blocks, language }: Report): Facets {
  const words = wordsOf(language);
  const kinds = new Set(blocks.map(({ kind }) => kind));
  const nodes = new Set(blocks.flatMap(({ targets }) => targets));
  const statuses = new Set(blocks.map(({ status }) => status.status));
  const word = (value: string) => words[`kind${value[0]?.toUpperCase() ?? ""}${value.slice(1)}` as keyof typeof words];
  const byWord = (a: Choice, b: Choice) => a.word.localeCompare(b.word, language);
  return {
    chapters: chapters.map(({ anchor, title }) => ({ value: anchor, word: title })),
    statuses: [...statuses].map((value) => ({ value, word: words[value] })).sort(byWord),
    kinds: [...kinds].map((value) => ({ value, word: word(value) })).sort(byWord),
    nodes: [...nodes].map((value) => ({ value, word: value === "local" ? words.local : value })).sort(byWord),
  };
}
