import { placeOfText, sourceLines } from "./places.ts";
import { findSecrets } from "./secret-patterns.ts";
import type { LintRule } from "./world.ts";

const REMEDY =
  "Retirez cette valeur du document, et changez-la si elle a servi ; déclarez un secret dans l’inventaire et citez son nom.";

/** No password, token or key stands in a document, neither in its prose nor in its blocks. The message never repeats it. */
export const secretInClear: LintRule = ({ files, blocks }) => {
  for (const { runbook, report } of files) {
    sourceLines(runbook).forEach((text, index) => {
      for (const { column, what } of findSecrets(text)) {
        report({
          rule: "secret-in-clear",
          place: { line: index + 1, column },
          reason: `${what}.`,
          remedy: REMEDY,
        });
      }
    });
  }
  for (const { block, runbook, report } of blocks) {
    const written = block.raw["answers"]?.place;
    for (const given of block.settings.answers ?? []) {
      if (!("answer" in given) || !/pass|secret|token|code/i.test(given.prompt) || /\{\{/.test(given.answer)) continue;
      report({
        rule: "secret-in-clear",
        place: written && placeOfText(runbook, written, "answer:"),
        reason: "La réponse à une demande de mot de passe est écrite en clair.",
        remedy: "Écrivez { prompt: …, secret: nom } et déclarez ce nom sous « secrets: » dans l’inventaire.",
      });
    }
  }
};
