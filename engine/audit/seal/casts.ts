import { sha256 } from "../../base/digest.ts";
import type { openRun } from "../../evidence/index.ts";
import { castsOf } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lying } from "../payload.ts";
import { shown } from "./attestation.ts";
import { broken } from "./broken.ts";

/** Every cast is derived again from the recorded bytes: one that shows something else, is missing, or was added is named. */
export async function auditCasts(
  record: Awaited<ReturnType<typeof openRun>>,
  payload: ReadonlyMap<string, Lying>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const expected = castsOf(record);
  const names = new Set(expected.map(({ path }) => path));
  for (const path of payload.keys()) {
    if (path.endsWith(".cast") && !names.has(path))
      findings.push(wrong(path, "Aucun essai enregistré ne donne cette lecture."));
  }
  for (const { path, text } of expected) {
    const derived = await text().catch(() => undefined);
    const lying = payload.get(path);
    if (derived === undefined) {
      if (payload.has(path))
        findings.push(wrong(path, "Les octets et l’index de temps dont elle vient ne vont pas ensemble."));
    } else if (lying === undefined) findings.push(wrong(path, "La lecture tirée de cet essai manque."));
    else if (sha256(derived) !== lying.sha256)
      findings.push(wrong(path, "La lecture ne montre pas ce qui a été enregistré."));
  }
  return findings;
}

function wrong(path: string, text: string): Finding {
  return broken("seal-cast", shown(path), text);
}
