import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/digest.ts";
import { writeAtomically } from "./atomic-file.ts";

const NAME = "manifest-sha256.txt";

/** Writes `manifest-sha256.txt` over every file below `data/`, sorted by path: `sha256sum -c` reads it. */
export async function writeManifest(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const path of await filesBelow(folder, "data")) {
    lines.push(`${sha256(await readFile(join(folder, path)))}  ${path}\n`);
  }
  await writeAtomically(join(folder, NAME), lines.join(""));
}

/** Digests by path as the manifest says; undefined when there is no manifest. Lines that are none are given apart. */
export async function readManifest(
  folder: string,
): Promise<{ readonly digests: ReadonlyMap<string, string>; readonly malformed: readonly string[] } | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, NAME), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const digests = new Map<string, string>();
  const malformed: string[] = [];
  for (const line of text.split("\n")) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) digests.set(match[2], match[1]);
    else if (line !== "") malformed.push(line);
  }
  return { digests, malformed };
}

/** Every file below a folder of the run, as paths relative to the run folder, sorted by code point. Links are listed, not followed. */
export async function filesBelow(folder: string, start: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, start), { withFileTypes: true })) {
    const path = `${start}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else found.push(path);
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}
