import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { fileDigest, filesBelow } from "../evidence/index.ts";

/** A file below `data/` as it lies there; no digest for what is not an ordinary file. */
export interface Lying {
  readonly sha256: string | undefined;
  readonly bytes: number;
}

/** Every file below `data/` by its path from the run folder, hashed once for all that looks at it. */
export async function readPayload(folder: string): Promise<ReadonlyMap<string, Lying>> {
  const files = new Map<string, Lying>();
  for (const path of await filesBelow(folder, "data")) {
    const found = await lstat(join(folder, path));
    const sha256 = found.isFile() ? await fileDigest(join(folder, path)) : undefined;
    files.set(path, { sha256, bytes: found.size });
  }
  return files;
}
