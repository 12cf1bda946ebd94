import { createReadStream } from "node:fs";
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
    const search = redactor.stream();
    for await (const chunk of createReadStream(join(folder, path))) search.write(chunk as Buffer);
    search.end();
    found.push(...Object.keys(search.counts).map((name) => `${path} (${name})`));
  }
  return found;
}
