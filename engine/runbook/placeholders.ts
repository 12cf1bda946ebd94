import { slug } from "../base/slug.ts";
import type { Placeholder, Section } from "../model/runbook.ts";
import type { Report } from "./author-message.ts";
import type { FoundPlaceholder } from "./find-placeholders.ts";
import { sectionAt } from "./sections.ts";

/** Gives each placeholder its id, chapter and section; two that cannot be told apart are reported. */
export function identifyPlaceholders(
  found: readonly FoundPlaceholder[],
  sections: readonly Section[],
  chapter: number,
  file: string,
  report: Report,
): readonly Placeholder[] {
  const first = new Map<string, Placeholder>();
  return found.map(({ caption, line, column }, index) => {
    const id = `${chapter}-${slug(caption) || `capture-${index + 1}`}`;
    const placeholder = { id, caption, chapter, section: sectionAt(sections, line), place: { file, line, column } };
    const twin = first.get(id);
    if (twin === undefined) first.set(id, placeholder);
    else {
      report({
        rule: "duplicate-placeholder",
        place: placeholder.place,
        reason: `Second emplacement « ${caption} » dans le chapitre ${chapter} ; le premier est ligne ${twin.place.line}.`,
        remedy: "Donnez-lui un libellé qui dise ce que cette figure montre d’autre, ou retirez-le.",
      });
    }
    return placeholder;
  });
}
