import { sha256 } from "../../base/digest.ts";
import {
  BAG_DECLARATION,
  bagInfo,
  COVERED_TAGS,
  isSignedBy,
  manifestText,
  SEAL,
  type Statement,
} from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lying } from "../payload.ts";
import { broken } from "./broken.ts";
import type { SealParts } from "./read-seal.ts";

/** The bag's own files: each must be what follows from the payload and the attestation, letter for letter, and the last of them signed. */
export function auditTags(
  parts: SealParts,
  payload: ReadonlyMap<string, Lying>,
  statement: Statement | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  const files = [...payload].map(([path, { sha256: digest, bytes }]) => ({ path, sha256: digest ?? "", bytes }));
  if (parts.declaration !== undefined && parts.declaration !== BAG_DECLARATION)
    findings.push(tag(SEAL.declaration, "Ce n’est plus la déclaration d’un bag BagIt 1.0."));
  if (parts.info !== undefined && statement !== undefined && parts.info !== bagInfo(statement, files))
    findings.push(tag(SEAL.info, "Le signalement du bag n’est pas celui qui suit de l’attestation et des fichiers."));
  if (parts.manifest === undefined) findings.push(tag(SEAL.manifest, "Le manifeste manque."));
  else if (parts.manifest !== manifestText(files))
    findings.push(tag(SEAL.manifest, "Le manifeste n’est pas, ligne pour ligne, celui des fichiers du dossier."));
  return [...findings, ...auditTagManifest(parts)];
}

function auditTagManifest({ tags, key, signature, declaration, info, manifest }: SealParts): readonly Finding[] {
  if (tags === undefined) return [];
  const findings: Finding[] = [];
  const contents = { [SEAL.declaration]: declaration, [SEAL.info]: info, [SEAL.manifest]: manifest };
  const listed = COVERED_TAGS.map((path) => ({ path, sha256: sha256(contents[path] ?? "") }));
  if (tags.toString("utf8") !== manifestText(listed)) {
    findings.push(tag(SEAL.tags, "Ses empreintes ne sont pas celles des fichiers du bag."));
    for (const { path, sha256: digest } of listed) {
      if (contents[path] !== undefined && !tags.includes(`${digest}  ${path}\n`))
        findings.push(tag(path, `Le contenu n’est pas celui que nomme ${SEAL.tags}.`));
    }
  }
  if (key !== undefined && signature !== undefined && !isSignedBy(key.key, tags, signature))
    findings.push(
      broken(
        "seal-signature",
        SEAL.signature,
        `Ce n’est pas la signature de ${SEAL.tags} par la clé qui accompagne le dossier.`,
      ),
    );
  return findings;
}

function tag(path: string, text: string): Finding {
  return broken("seal-tag", path, text);
}
