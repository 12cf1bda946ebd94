import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { onDisk } from "./on-disk.ts";

/** Writes a file so that it is either absent or whole, even when the machine stops: temp file, sync, rename, sync of the folder. `mode`: its permissions. */
export async function writeAtomically(path: string, content: Uint8Array | string, mode?: number): Promise<void> {
  await onDisk(`Le fichier ${basename(path)}`, () => replace(path, content, mode));
}

async function replace(path: string, content: Uint8Array | string, mode: number | undefined): Promise<void> {
  // A name of its own: two attempts may keep the same content at the same time.
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(temporary, "wx", 0o644);
    try {
      await file.writeFile(content);
      // Whatever the mask of this process is.
      if (mode !== undefined) await file.chmod(mode);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // A full disk must not keep the half that did fit.
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
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
