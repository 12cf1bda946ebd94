/** Where the parts of a seal stand in a run folder. Nothing here is evidence: it says of the evidence that it is whole, by whom and when. */
export const SEAL = {
  declaration: "bagit.txt",
  info: "bag-info.txt",
  manifest: "manifest-sha256.txt",
  tags: "tagmanifest-sha256.txt",
  signature: "tagmanifest-sha256.txt.sig",
  /** Question to a time stamping authority, kept until it is answered; and its answer. */
  query: "tagmanifest-sha256.txt.tsq",
  stamp: "tagmanifest-sha256.txt.tsr",
  attestation: "data/attestation.dsse.json",
  /** The signer's public key, so that anyone can check. */
  key: "data/keys/scellement.pem",
  /** Seals before this one, `0001` the first. */
  earlier: "data/seals",
} as const;

/** What stands beside `data/` in a sealed run folder. */
export const TAG_FILES: ReadonlySet<string> = new Set([
  SEAL.declaration,
  SEAL.info,
  SEAL.manifest,
  SEAL.tags,
  SEAL.signature,
  SEAL.query,
  SEAL.stamp,
]);

/** What the tag manifest covers, sorted. */
export const COVERED_TAGS = [SEAL.info, SEAL.declaration, SEAL.manifest] as const;

/** What an earlier seal leaves in its folder below `data/seals/`, by file name. */
export const KEPT_OF_A_SEAL = [
  SEAL.info,
  SEAL.manifest,
  SEAL.tags,
  SEAL.signature,
  SEAL.query,
  SEAL.stamp,
  SEAL.attestation,
  SEAL.key,
] as const;

/** Files below `data/` that the seal itself makes: from the evidence, or about it. */
export function isMadeBySealing(path: string): boolean {
  return (
    path === SEAL.attestation ||
    path === SEAL.key ||
    path.startsWith(`${SEAL.earlier}/`) ||
    /^data\/terminal\/bloc-\d+\.cast$/.test(path)
  );
}

/** Evidence in the narrow sense: what the run wrote while it ran. The evidence root is over these alone. */
export function isEvidence(path: string): boolean {
  return /^data\/(?:journal\.jsonl$|run\.json$|runbook\/|figures\/|blobs\/|terminal\/[^/]*\.(?:out|err|timing)$)/.test(
    path,
  );
}
