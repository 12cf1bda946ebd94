import { SEAL } from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import { broken, noted } from "./broken.ts";
import type { SealParts } from "./read-seal.ts";

/** Whether the key is one that its reader expects: a signature alone only says that whoever holds some key made it. */
export function auditSigner({ key }: SealParts, expected: readonly string[] | undefined): readonly Finding[] {
  if (key === undefined) return [];
  if (expected === undefined)
    return [
      noted(
        "seal-signer-unknown",
        SEAL.key,
        `Signature valable d’une clé inconnue : ${key.fingerprint}.`,
        "Demandez à qui a scellé l’empreinte de sa clé, par une autre voie que ce dossier, et donnez-la avec --signer.",
      ),
    ];
  if (expected.includes(key.fingerprint)) return [];
  return [
    broken(
      "seal-signer-other",
      SEAL.key,
      `Le dossier est scellé par une autre clé que celle qui est attendue : ${key.fingerprint}.`,
    ),
  ];
}
