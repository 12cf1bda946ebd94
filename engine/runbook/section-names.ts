import { slug } from "../base/slug.ts";
import type { Section } from "../model/runbook.ts";
import { unnumbered } from "./sections.ts";

/**
 * Names under which a link `#name` may point at a section: by number (`section-3.2`), by title with or without it, and as forges and editors
 * make them of a title (`32-ajout-du-nœud`).
 */
export function sectionNames({ title, number }: Pick<Section, "title" | "number">): readonly string[] {
  const numbered = number === "" ? [] : [`section-${number}`, `section-${number.replaceAll(".", "-")}`];
  const names = [...numbered, slug(title), slug(unnumbered(title)), forgeSlug(title)];
  return [...new Set(names)].filter((name) => name !== "");
}

function forgeSlug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}
