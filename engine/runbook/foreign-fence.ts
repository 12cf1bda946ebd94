import { formatAttributes } from "./attributes.ts";
import type { Report } from "./author-message.ts";
import type { Fence } from "./fence.ts";
import type { ForeignAnnotation } from "./foreign-annotation.ts";
import { type Region, region } from "./region.ts";

/** Says how another tool's annotation is read, and what of it has no place here. */
export function reportForeign(
  fence: Fence,
  { tool, language, attributes, dropped }: ForeignAnnotation,
  report: Report,
): void {
  const lost = dropped.length === 0 ? "" : ` ; sans effet ici : ${dropped.join(", ")}`;
  report({
    rule: "foreign-annotation",
    place: fence.place,
    reason: `Annotation de ${tool}, lue comme ${language} ${formatAttributes(attributes)}${lost}.`,
    remedy: "« constat fmt » l’écrit sous cette forme ; ajoutez .check si le bloc ne fait que lire.",
    severity: "warning",
  });
}

/** The `#|` lines without those that were another tool's. */
export function withoutForeign(options: Region, foreign: ForeignAnnotation | undefined): Region {
  if (foreign === undefined || foreign.lines.length === 0) return options;
  const kept = options.lines.filter(({ text }) => !foreign.lines.some((key) => text.trimStart().startsWith(`${key}:`)));
  return region(options.file, kept);
}
