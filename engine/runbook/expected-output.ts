import type { ExpectedOutput } from "../model/runbook.ts";
import type { Report } from "./author-message.ts";
import type { Fence } from "./fence.ts";

/** Kinds whose answer is text that can be compared line by line. */
const PRINTING = ["shell", "http", "file"];

/** A fence that runs, or that says what the one above must print, in document order. */
export type Drafted<D> =
  | { readonly type: "block"; readonly draft: D; readonly section: number }
  | { readonly type: "expected-output"; readonly fence: Fence; readonly section: number };

/** What each block must print: a `.expect` fence speaks of the block just above it, in the same section. Strays are reported. */
export function expectedOutputs<D extends { readonly role: { readonly kind: string } }>(
  drafted: readonly Drafted<D>[],
  report: Report,
): ReadonlyMap<D, ExpectedOutput> {
  const found = new Map<D, ExpectedOutput>();
  let above: { readonly draft: D; readonly section: number } | undefined;
  for (const each of drafted) {
    if (each.type === "block") {
      above = each;
      continue;
    }
    const { fence } = each;
    const stray = (reason: string, remedy: string) =>
      report({ rule: "stray-expect", place: fence.place, reason, remedy });
    if (above === undefined || above.section !== each.section) {
      stray(
        "Aucun bloc exécuté ne précède cette sortie attendue dans cette section.",
        "Placez-la juste sous le bloc qui doit l’écrire.",
      );
    } else if (!PRINTING.includes(above.draft.role.kind)) {
      stray("Le bloc au-dessus n’écrit pas de texte à comparer.", "Placez-la sous un bloc bash, sh, http ou .file.");
    } else if (found.has(above.draft)) {
      stray("Le bloc au-dessus a déjà sa sortie attendue.", "Gardez-en une seule, ou séparez le bloc en deux.");
    } else {
      const [first] = fence.content.lines;
      const { file, line } = fence.place;
      const place = { file, line: first?.line ?? line + 1, column: first?.column ?? 1 };
      found.set(above.draft, { lines: fence.content.lines.map(({ text }) => text), place });
    }
  }
  return found;
}
