import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type RunRecord, writeAtomically } from "../evidence/index.ts";

/** Writes the pictures that a page looks for beside it. In the run's own `data/` they are there already, under the same paths. */
export async function writeBeside(
  folder: string,
  record: RunRecord,
  files: ReadonlyMap<string, Buffer>,
): Promise<void> {
  if (resolve(folder) === resolve(record.folder, "data")) return;
  for (const [path, content] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeAtomically(target, content);
  }
}
