import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { readPdfSignature } from "../evidence/seal/index.ts";

/** Throws REPORT_SIGNED for a run folder whose report is signed, before another takes its place without a signature. */
export async function refuseSigned(folder: string): Promise<void> {
  const pdf = await readFile(join(folder, "data", "rapport.pdf")).catch(() => undefined);
  if (pdf === undefined || (await readPdfSignature(pdf)) === undefined) return;
  throw new ProblemError(
    "REPORT_SIGNED",
    `Le rapport PDF de ${folder} est signé ; un nouveau rendu ne le serait plus.`,
    {
      scope: "author",
      hint: "Donnez avec --certificate de quoi signer le nouveau, mettez celui-ci de côté hors du dossier, ou rendez le rapport ailleurs avec « report --out ».",
    },
  );
}
