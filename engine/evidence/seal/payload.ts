import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../../base/problem.ts";
import { fileDigest } from "../file-digest.ts";
import { filesBelow } from "../manifest.ts";
import type { PayloadFile } from "./bag-text.ts";

/** Every file below `data/` with digest and size. Throws SEAL_PAYLOAD for a link or a device, and for a name that no manifest can hold. */
export async function payloadFiles(folder: string): Promise<readonly PayloadFile[]> {
  const files: PayloadFile[] = [];
  for (const path of await filesBelow(folder, "data")) {
    const found = await lstat(join(folder, path));
    if (!found.isFile()) throw unsealable(`${path} n’est pas un fichier ordinaire (lien ou autre).`);
    if (/[\r\n\\]/.test(path))
      throw unsealable(`Le nom ${JSON.stringify(path)} ne peut pas figurer dans un manifeste.`);
    files.push({ path, sha256: await fileDigest(join(folder, path)), bytes: found.size });
  }
  return files;
}

function unsealable(message: string): ProblemError {
  return new ProblemError("SEAL_PAYLOAD", message, {
    scope: "environment",
    hint: "Retirez ce fichier du dossier d’exécution : il n’en fait pas partie.",
  });
}
