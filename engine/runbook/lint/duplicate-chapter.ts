import type { Runbook } from "../../model/runbook.ts";
import type { LintRule } from "./world.ts";

/** Two documents never have the same chapter number: ids of captures and derived ids begin with it. */
export const duplicateChapter: LintRule = ({ files }) => {
  const first = new Map<number, Runbook>();
  for (const { runbook, report } of files) {
    const twin = first.get(runbook.chapter);
    if (twin === undefined) {
      first.set(runbook.chapter, runbook);
      continue;
    }
    report({
      rule: "duplicate-chapter",
      place: runbook.sections[0]?.place,
      reason: `Le chapitre ${runbook.chapter} est déjà celui de ${twin.file}.`,
      remedy: "Changez « chapitre: » dans l’en-tête de l’un des deux (ou le numéro de son titre).",
    });
  }
};
