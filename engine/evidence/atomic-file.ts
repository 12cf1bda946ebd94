import { randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file so that it is either absent or whole, even when the machine stops: temp file, sync, rename, sync of the folder. */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  // A name of its own: two attempts may keep the same content at the same time.
  const temporary = `${path}.${randomUUID()}.part`;
  const file = await open(temporary, "w", 0o644);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
