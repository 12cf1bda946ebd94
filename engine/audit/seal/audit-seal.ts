import type { openRun } from "../../evidence/index.ts";
import { SEAL } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lying } from "../payload.ts";
import { auditAttestation } from "./attestation.ts";
import { broken } from "./broken.ts";
import { auditCasts } from "./casts.ts";
import { auditEarlierSeals } from "./earlier.ts";
import { readSeal, type SealParts } from "./read-seal.ts";
import { auditSigner } from "./signer.ts";
import { auditStamp, type Stamp } from "./stamp.ts";
import { auditTags } from "./tags.ts";

/** What a reader trusts, given out of band. */
export interface Trust {
  /** Fingerprints of the keys that may have sealed (SHA-256, hexadecimal). */
  readonly signers?: readonly string[] | undefined;
  /** Certificates (PEM) of the time stamping authorities that are believed. */
  readonly authorities?: string | undefined;
}

/** What the audit can say of who vouches for a folder. */
export interface SealVerdict {
  /** `none`: not sealed. `unknown-signer`: whole, by a key that nobody vouched for. `trusted`: whole, by a key that was expected. */
  readonly state: "none" | "broken" | "unknown-signer" | "trusted";
  readonly fingerprint: string | null;
  readonly number: number | null;
  readonly sealedAt: string | null;
  readonly stamp: Stamp | null;
}

type OpenedRun = Awaited<ReturnType<typeof openRun>>;

/** Audits the seal of a run folder against what lies in it. */
export async function auditSeal(
  record: OpenedRun,
  payload: ReadonlyMap<string, Lying>,
  trust: Trust,
): Promise<{ readonly findings: readonly Finding[]; readonly verdict: SealVerdict }> {
  const parts = await readSeal(record.folder, payload.keys());
  if (parts === undefined) return unsealed(trust);
  const attestation = auditAttestation(record, payload, parts);
  const { statement } = attestation;
  const stamp = await auditStamp(parts, statement?.predicate.constat.stamped === true, trust.authorities);
  const signer = auditSigner(parts, trust.signers);
  const findings = [
    ...missingParts(parts),
    ...attestation.findings,
    ...auditTags(parts, payload, statement),
    ...(await auditCasts(record, payload)),
    ...(await auditEarlierSeals(record, payload, statement)),
    ...stamp.findings,
    ...signer,
  ];
  const holds = !findings.some(({ severity }) => severity === "error");
  return {
    findings,
    verdict: {
      state: !holds ? "broken" : trust.signers === undefined ? "unknown-signer" : "trusted",
      fingerprint: parts.key?.fingerprint ?? null,
      number: statement?.predicate.constat.seal ?? null,
      sealedAt: statement?.predicate.constat.sealedAt ?? null,
      stamp: stamp.stamp,
    },
  };
}

/** A run that nobody sealed says so in the verdict; it is a fault only where a signer is expected. */
function unsealed(trust: Trust): { readonly findings: readonly Finding[]; readonly verdict: SealVerdict } {
  const text = "Le dossier n’est pas scellé : aucune signature ne dit qui s’en porte garant.";
  const remedy =
    "Demandez le dossier scellé à qui l’a fait ; jusque-là, qui peut écrire dans le dossier peut en refaire les empreintes.";
  return {
    findings: trust.signers === undefined ? [] : [broken("seal-none", SEAL.attestation, text, remedy)],
    verdict: { state: "none", fingerprint: null, number: null, sealedAt: null, stamp: null },
  };
}

function missingParts(parts: SealParts): readonly Finding[] {
  const needed = [
    [SEAL.declaration, parts.declaration],
    [SEAL.info, parts.info],
    [SEAL.tags, parts.tags],
    [SEAL.signature, parts.signature],
    [SEAL.attestation, parts.attestation],
    [SEAL.key, parts.keyText],
  ] as const;
  return needed.flatMap(([path, part]) =>
    part === undefined ? [broken("seal-missing", path, "Cette partie du scellement manque.")] : [],
  );
}
