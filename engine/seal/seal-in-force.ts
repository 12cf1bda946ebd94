import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/digest.ts";
import {
  isSignedBy,
  manifestText,
  openEnvelope,
  payloadFiles,
  publicKeyOf,
  readStatement,
  SEAL,
} from "../evidence/seal/index.ts";

/** The seal that a folder carries, whose own parts fit together. */
export interface SealInForce {
  readonly fingerprint: string;
  readonly evidenceRoot: string;
  readonly number: number;
  readonly attestation: string;
  /** SHA-256 of the tag manifest. */
  readonly digest: string;
  /** Whether the folder is still what was sealed. */
  readonly whole: boolean;
}

/** Undefined when there is no seal, or one that was cut short or tampered with: nothing of it is worth keeping. */
export async function sealInForce(folder: string): Promise<SealInForce | undefined> {
  const read = async (path: string): Promise<Buffer> => readFile(join(folder, path));
  try {
    const envelopeText = (await read(SEAL.attestation)).toString("utf8");
    const key = publicKeyOf((await read(SEAL.key)).toString("utf8"));
    const envelope = openEnvelope(envelopeText);
    const statement = envelope && readStatement(envelope.payload);
    const tags = await read(SEAL.tags);
    if (key === undefined || envelope === undefined || statement === undefined) return undefined;
    if (!isSignedBy(key.key, envelope.signed, envelope.signature)) return undefined;
    if (!isSignedBy(key.key, tags, await read(SEAL.signature))) return undefined;
    const manifest = (await read(SEAL.manifest)).toString("utf8");
    const attestation = sha256(envelopeText);
    const fits =
      tags.includes(`${sha256(manifest)}  ${SEAL.manifest}\n`) &&
      manifest.includes(`${attestation}  ${SEAL.attestation}\n`);
    if (!fits) return undefined;
    const { seal, evidenceRoot } = statement.predicate.constat;
    const whole =
      manifestText(await payloadFiles(folder)) === manifest && (await tagsHold(folder, tags.toString("utf8")));
    return { fingerprint: key.fingerprint, evidenceRoot, number: seal, attestation, digest: sha256(tags), whole };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function tagsHold(folder: string, tags: string): Promise<boolean> {
  for (const line of tags.trimEnd().split("\n")) {
    if (sha256(await readFile(join(folder, line.slice(66)))) !== line.slice(0, 64)) return false;
  }
  return true;
}
