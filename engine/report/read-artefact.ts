import { sha256 } from "../base/digest.ts";
import { ProblemError } from "../base/problem.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { Artefact } from "../model/event.ts";

/**
 * The bytes of a file that the journal names. Throws ProblemError EVIDENCE_FILE_MISSING, or EVIDENCE_ALTERED when its digest is not the
 * journal's: a report never shows what was changed afterwards.
 */
export async function readArtefact(record: RunRecord, artefact: Pick<Artefact, "path" | "sha256">): Promise<Buffer> {
  const bytes = await record.read(artefact.path);
  if (sha256(bytes) === artefact.sha256) return bytes;
  throw new ProblemError(
    "EVIDENCE_ALTERED",
    `La pièce ${artefact.path} n’a plus l’empreinte que le journal lui connaît.`,
    {
      scope: "environment",
      hint: "Lancez constat audit sur ce dossier ; aucun rapport n’est tiré d’une pièce modifiée.",
    },
  );
}
