import { z } from "zod";
import type { RunRecord } from "../evidence/index.ts";
import type { Artefact } from "../model/event.ts";
import type { ShownAttestation } from "../model/report-body.ts";
import { readArtefact } from "./read-artefact.ts";
import { artefactOf } from "./stored-output.ts";

const schema = z.object({
  operator: z.object({ user: z.string(), host: z.string() }),
  at: z.string(),
  attestation: z.object({ text: z.string(), how: z.enum(["accepted", "typed", "file"]) }),
  note: z.string().nullable(),
  picture: z.object({ name: z.string(), sha256: z.string(), bytes: z.number() }).nullable(),
});

/** What a person attested, as the report shows it; null when the attempt holds none that can be read. */
export async function shownAttestation(
  record: RunRecord,
  artefacts: readonly Artefact[],
): Promise<ShownAttestation | null> {
  const artefact = artefactOf(artefacts, "attestation");
  if (artefact === undefined) return null;
  const parsed = schema.safeParse(JSON.parse((await readArtefact(record, artefact)).toString("utf8")));
  if (!parsed.success) return null;
  const { operator, at, attestation, note, picture } = parsed.data;
  return {
    operator: `${operator.user}@${operator.host}`,
    at,
    text: attestation.text,
    how: attestation.how,
    note: note ?? "",
    picture: picture?.name ?? "",
    evidence: { path: artefact.path, sha256: artefact.sha256, bytes: artefact.bytes },
  };
}
