import { join } from "node:path";
import { fileDigest } from "../file-digest.ts";
import { filesBelow } from "../manifest.ts";
import { evidenceRootOf } from "./bag-text.ts";
import { isEvidence } from "./seal-files.ts";

/** The evidence root of a run folder as it lies: what its report prints and its seal states. */
export async function evidenceRoot(folder: string): Promise<string> {
  const files: { path: string; sha256: string }[] = [];
  for (const path of (await filesBelow(folder, "data")).filter(isEvidence))
    files.push({ path, sha256: await fileDigest(join(folder, path)) });
  return evidenceRootOf(files, isEvidence);
}
