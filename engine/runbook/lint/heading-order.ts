import type { LintRule } from "./world.ts";

/** Headings go down one level at a time, or the table of contents has holes. */
export const headingOrder: LintRule = ({ files }) => {
  for (const { runbook, report } of files) {
    let depth = 0;
    for (const section of runbook.sections) {
      if (depth > 0 && section.depth > depth + 1) {
        report({
          rule: "heading-order",
          place: section.place,
          reason: `Le titre « ${section.title} » saute du niveau ${depth} au niveau ${section.depth}.`,
          remedy: `Écrivez-le au niveau ${depth + 1} (${"#".repeat(depth + 1)}).`,
          severity: "warning",
        });
      }
      depth = section.depth;
    }
  }
};
