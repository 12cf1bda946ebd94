import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Redactor } from "../base/redact.ts";
import { filesBelow } from "../evidence/index.ts";

/** Compressed: their bytes show no text, and short secrets would be met by chance. */
const COMPRESSED = /\.(?:png|pdf)$/;

/** Files of a run folder that still hold a known secret, with its name. */
export async function leftoversIn(folder: string, redactor: Redactor): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of await filesBelow(folder, "data")) {
    if (COMPRESSED.test(path)) continue;
    const names = Object.keys(redactor.leftovers(await readFile(join(folder, path))));
    found.push(...names.map((name) => `${path} (${name})`));
  }
  return found;
}
