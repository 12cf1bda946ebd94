import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "./atomic-file.ts";
import { fileDigest } from "./file-digest.ts";
import { SEAL } from "./seal/seal-files.ts";

const NAME = "manifest-sha256.txt";

/** Writes `manifest-sha256.txt` over every file below `data/`, sorted by path: `sha256sum -c` reads it. */
export async function writeManifest(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const path of await filesBelow(folder, "data")) {
    lines.push(`${await fileDigest(join(folder, path))}  ${path}\n`);
  }
  await writeAtomically(join(folder, NAME), lines.join(""));
}

/**
 * Writes the digests of some files anew (the report's, which was rendered again) and leaves every other line as it was: what somebody
 * changed in the meantime must not become right by it. Does nothing for a run without a manifest, nor for a sealed one: its manifest is
 * the seal's, and changes with the next seal.
 */
export async function updateManifest(folder: string, paths: readonly string[]): Promise<void> {
  const manifest = await readManifest(folder);
  if (manifest === undefined || (await isSealed(folder))) return;
  const digests = new Map(manifest.digests);
  for (const path of paths) digests.set(path, await fileDigest(join(folder, path)));
  const lines = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, digest]) => `${digest}  ${path}\n`);
  await writeAtomically(join(folder, NAME), [...lines, ...manifest.malformed.map((line) => `${line}\n`)].join(""));
}

async function isSealed(folder: string): Promise<boolean> {
  try {
    await access(join(folder, SEAL.tags));
    return true;
  } catch {
    return false;
  }
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
    // The second line for a path is one too many: other readers would believe the first.
    if (match?.[1] !== undefined && match[2] !== undefined && !digests.has(match[2])) digests.set(match[2], match[1]);
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
