import { VFile } from "vfile";
import { ProblemError } from "../base/problem.ts";
import type { ReportSettings } from "../model/report-settings.ts";
import type { Runbook } from "../model/runbook.ts";
import { parseRunbook } from "../runbook/index.ts";

/** Texts that an author changed after the run, by the name under which the run kept them (`03-cluster.md`, `rapport.yaml`). */
export type Rewriting = ReadonlyMap<string, string>;

/**
 * A runbook with its prose as it reads now. Throws ProblemError REWRITTEN_BLOCK when anything but prose differs: what was executed, what it
 * proves and what it must show are those of the run.
 */
export function rewrittenRunbook(ran: Runbook, text: string): Runbook {
  const file = new VFile({ path: ran.file, value: text });
  const now = parseRunbook(file);
  const fatal = file.messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw refused(ran.file, fatal.line ?? 1, fatal.reason);
  const differing = now.blocks.find((block, index) => nature(block) !== nature(ran.blocks[index]));
  if (differing !== undefined || now.blocks.length !== ran.blocks.length) {
    const line = differing?.place.line ?? 1;
    throw refused(ran.file, line, "les blocs ne sont plus ceux qui ont été exécutés.");
  }
  const captions = (runbook: Runbook) => runbook.placeholders.map(({ id }) => id).join("\n");
  if (captions(now) !== captions(ran)) throw refused(ran.file, 1, "les captures ne sont plus celles de l’exécution.");
  if (now.chapter !== ran.chapter) throw refused(ran.file, 1, "le chapitre a changé de numéro.");
  return { ...now, sha256: ran.sha256 };
}

/** Throws ProblemError REWRITTEN_SETTINGS when settings that decide what the report must prove differ. */
export function requireSameScope(ran: ReportSettings, now: ReportSettings): void {
  for (const key of ["chapitres", "exigences", "derogations"] as const) {
    if (JSON.stringify(ran[key]) === JSON.stringify(now[key])) continue;
    throw new ProblemError("REWRITTEN_SETTINGS", `rapport.yaml : « ${key} » n’est plus ce qu’il était à l’exécution.`, {
      scope: "author",
      hint: "Le périmètre, les exigences et les dérogations se changent avant d’exécuter : relancez l’exécution.",
    });
  }
}

/** All of a block but where it stands. */
function nature(block: Runbook["blocks"][number] | undefined): string {
  return JSON.stringify(block, (key, value: unknown) => (PLACES.has(key) ? undefined : value)) ?? "";
}

const PLACES = new Set(["place", "section", "bodyLine", "bodyColumn", "raw"]);

function refused(file: string, line: number, why: string): ProblemError {
  return new ProblemError("REWRITTEN_BLOCK", `${file}, ligne ${line} : ${why}`, {
    scope: "author",
    hint: "Après une exécution, seule la prose peut changer ; pour le reste, relancez l’exécution.",
  });
}
