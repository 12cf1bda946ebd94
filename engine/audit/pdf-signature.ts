import type { RunRecord } from "../evidence/index.ts";
import { readPdfSignature } from "../evidence/seal/index.ts";
import type { Finding } from "../model/finding.ts";

const REPORT = "rapport.pdf";

/** The signature inside the report, when it has one: whether it is over every byte of it. */
export async function auditPdfSignature(record: RunRecord): Promise<readonly Finding[]> {
  const pdf = await record.read(REPORT).catch(() => undefined);
  const found = pdf && (await readPdfSignature(pdf));
  if (found === undefined || (typeof found !== "string" && found.valid)) return [];
  const why = typeof found === "string" ? found : `la signature de « ${found.signer} » n’est pas celle de ce contenu`;
  const remedy = "Rendez le rapport de nouveau avec « constat report », puis signez-le.";
  return [
    { rule: "pdf-signature", severity: "error", subject: REPORT, text: `Le rapport est signé, mais ${why}.`, remedy },
  ];
}
