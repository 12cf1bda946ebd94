import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { publicKeyOf, SEAL } from "../../evidence/seal/index.ts";

/** The parts of a seal as they lie in a folder; undefined for each that is not there. */
export interface SealParts {
  readonly declaration: string | undefined;
  readonly info: string | undefined;
  readonly manifest: string | undefined;
  readonly tags: Buffer | undefined;
  readonly signature: Buffer | undefined;
  readonly query: Buffer | undefined;
  readonly stamp: Buffer | undefined;
  readonly attestation: string | undefined;
  readonly keyText: string | undefined;
  readonly key: { readonly key: KeyObject; readonly fingerprint: string } | undefined;
}

/** Reads what there is of a seal, without judging it. Undefined when there is nothing but a manifest, which every run has. */
export async function readSeal(folder: string, payload: Iterable<string>): Promise<SealParts | undefined> {
  const read = (path: string): Promise<Buffer | undefined> => readFile(join(folder, path)).catch(() => undefined);
  const text = async (path: string): Promise<string | undefined> => (await read(path))?.toString("latin1");
  const keyText = await text(SEAL.key);
  const parts: SealParts = {
    declaration: await text(SEAL.declaration),
    info: (await read(SEAL.info))?.toString("utf8"),
    manifest: (await read(SEAL.manifest))?.toString("utf8"),
    tags: await read(SEAL.tags),
    signature: await read(SEAL.signature),
    query: await read(SEAL.query),
    stamp: await read(SEAL.stamp),
    attestation: await text(SEAL.attestation),
    keyText,
    key: keyText === undefined ? undefined : publicKeyOf(keyText),
  };
  const { manifest, key, ...own } = parts;
  const remains = [...payload].some((path) => path.startsWith(`${SEAL.earlier}/`) || path.endsWith(".cast"));
  return remains || Object.values(own).some((part) => part !== undefined) ? parts : undefined;
}
