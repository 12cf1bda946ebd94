import { access, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../base/digest.ts";
import type { Artefact } from "../model/event.ts";
import { writeAtomically } from "./atomic-file.ts";

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "application/json": "json",
  "text/plain": "txt",
};

/**
 * Keeps a file under the name of its content: pictures in `figures/`, everything else in `blobs/`, so that equal contents are one file
 * and a file that was changed no longer has its own name.
 */
export async function putBlob(
  dataFolder: string,
  role: Artefact["role"],
  content: Uint8Array | string,
  mediaType: string,
): Promise<Artefact> {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  const digest = sha256(bytes);
  const folder = role === "picture" || role === "original" ? "figures" : "blobs";
  const path = `${folder}/${digest}.${EXTENSIONS[mediaType] ?? "bin"}`;
  const target = join(dataFolder, path);
  if (!(await exists(target))) {
    await mkdir(dirname(target), { recursive: true });
    await writeAtomically(target, bytes);
  }
  return { role, path, sha256: digest, bytes: bytes.length, mediaType };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
