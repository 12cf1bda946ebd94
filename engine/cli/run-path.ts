import { access } from "node:fs/promises";
import { join } from "node:path";

/** Where runs are created when nothing else is said. */
const ROOT = "output";

/** The folder of a run as a person names it: a path, or the name of a run of `output/` (`latest` is the newest). */
export async function runPath(given: string): Promise<string> {
  if (given.includes("/") || (await isThere(join(given, "data", "journal.jsonl")))) return given;
  const inside = join(ROOT, given);
  return (await isThere(inside)) ? inside : given;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
