import { SEAL } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import { broken } from "./broken.ts";
import type { SealParts } from "./read-seal.ts";

/**
 * Whether the key is one that its reader expects. Where none is, the verdict says so: a signature alone only says that whoever holds some
 * key made it.
 */
export function auditSigner({ key }: SealParts, expected: readonly string[] | undefined): readonly Finding[] {
  if (key === undefined || expected === undefined || expected.includes(key.fingerprint)) return [];
  const text = `Le dossier est scellé par une autre clé que celle qui est attendue : ${key.fingerprint}.`;
  return [broken("seal-signer-other", SEAL.key, text)];
}
