import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { sha256 } from "../base/digest.ts";
import { KEPT_OF_A_SEAL, SEAL, type Statement } from "../evidence/seal/index.ts";
import type { SealInForce } from "./seal-in-force.ts";

interface Succession {
  readonly number: number;
  readonly supersedes: Statement["predicate"]["constat"]["supersedes"];
}

/**
 * Puts the seal in force aside, whole, before a new one takes its place, and gives the new one's number and what it has to name.
 * A sealing that was cut short left the one before in its folder already: it is named again.
 */
export async function keepEarlierSeal(folder: string, inForce: SealInForce | undefined): Promise<Succession> {
  if (inForce !== undefined) await putAside(folder, inForce.number);
  for (const name of [SEAL.query, SEAL.stamp]) await rm(join(folder, name), { force: true });
  const last = (await keptSeals(folder)).at(-1);
  if (last === undefined) return { number: 1, supersedes: null };
  const kept = join(folder, SEAL.earlier, last);
  const attestation = sha256(await readFile(join(kept, basename(SEAL.attestation))));
  const tagmanifest = sha256(await readFile(join(kept, SEAL.tags)));
  return { number: Number(last) + 1, supersedes: { attestation, tagmanifest } };
}

/** Copies the parts of a seal below `data/seals/`, under its number. */
export async function putAside(folder: string, number: number): Promise<void> {
  const target = join(folder, SEAL.earlier, String(number).padStart(4, "0"));
  // Beside the folder's payload until it is whole, so that a crash leaves no half of a seal in it.
  const temporary = `${folder}.seal.part`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  for (const path of KEPT_OF_A_SEAL) {
    await cp(join(folder, path), join(temporary, basename(path)), { errorOnExist: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    });
  }
  await mkdir(join(folder, SEAL.earlier), { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(temporary, target);
}

async function keptSeals(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(join(folder, SEAL.earlier))).filter((name) => /^\d{4}$/.test(name)).sort();
  } catch {
    return [];
  }
}
