import { slug } from "../base/slug.ts";
import type { Language } from "../model/report.ts";
import type { Runbook } from "../model/runbook.ts";
import { sectionNames } from "../runbook/index.ts";
import type { Target } from "./cross-references.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

/** A section of a chapter as the report names it. */
export interface SectionPlace extends Target {
  readonly chapter: number;
  readonly line: number;
  readonly title: string;
  readonly names: readonly string[];
}

/** The sections of a runbook; its first heading, when it is the title of the chapter, is none. */
export function sectionPlaces({ chapter, sections }: Runbook, language: Language): readonly SectionPlace[] {
  const words = wordsOf(language);
  const own = sections[0]?.depth === 1 ? sections.slice(1) : sections;
  return own.map((section, index) => {
    const title = typeset(section.title, language, "title");
    return {
      chapter,
      line: section.place.line,
      title,
      anchor: `section-${chapter}-${index + 1}-${slug(title)}`,
      label: `${words.seeSection} ${section.number === "" ? `${words.openQuote}${title}${words.closeQuote}` : section.number}`,
      names: sectionNames(section),
    };
  });
}

/** What `#name` points at among all sections: one of this chapter first. */
export function findSection(places: readonly SectionPlace[], name: string, chapter: number): Target | undefined {
  const named = places.filter(({ names, anchor }) => anchor === name || names.includes(name));
  return named.find((place) => place.chapter === chapter) ?? named[0];
}
