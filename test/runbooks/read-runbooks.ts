import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VFile } from "vfile";
import type { Runbook } from "../../engine/model/runbook.ts";
import { parseRunbook } from "../../engine/runbook/index.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "runbooks");

/** The runbooks that this project delivers, read by the engine itself, in the order of their chapters. */
export function readRunbooks(): readonly Runbook[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => runbookOf(name, readFileSync(join(FOLDER, name), "utf8")));
}

/** A runbook of that name and text. */
export function runbookOf(path: string, text: string): Runbook {
  return parseRunbook(new VFile({ path, value: text }));
}
