import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** What somebody may do to one file of a bundle. */
export const TAMPERINGS = [
  "first byte flipped",
  "middle byte flipped",
  "last byte flipped",
  "cut",
  "deleted",
  "added",
  "swapped",
  "reordered",
  "older part put in",
] as const;

export type Tampering = (typeof TAMPERINGS)[number];

/** Where other content may come from. */
export interface Strangers {
  /** Another file of the same bundle. */
  readonly other: string;
  /** The same part of an older bundle, which is valid there; undefined when it has none. */
  readonly older: Buffer | undefined;
}

/** Does it, and gives the path of the file that must be named. Undefined when nothing would change (an empty file has no byte to flip). */
export async function tamper(
  folder: string,
  path: string,
  how: Tampering,
  strangers: Strangers,
): Promise<string | undefined> {
  const file = join(folder, path);
  const before = await readFile(file);
  if (how === "deleted") {
    await rm(file);
    return path;
  }
  if (how === "added") {
    const extension = extname(path);
    const added = `${path.slice(0, path.length - extension.length)}-bis${extension}`;
    await copyFile(file, join(folder, added));
    return added;
  }
  // Where a line ends in bytes that are chance (a signature), nothing could be counted.
  if (how === "reordered" && /\.(?:sig|tsq|tsr|png|pdf)$/.test(path)) return undefined;
  const after = how === "swapped" ? await swap(folder, path, strangers.other) : changed(before, how, strangers.older);
  if (after === undefined || after.equals(before)) return undefined;
  await writeFile(file, after);
  return path;
}

async function swap(folder: string, path: string, other: string): Promise<Buffer> {
  const theirs = await readFile(join(folder, other));
  await copyFile(join(folder, path), join(folder, other));
  return theirs;
}

function changed(before: Buffer, how: Tampering, older: Buffer | undefined): Buffer | undefined {
  switch (how) {
    case "first byte flipped":
      return flipped(before, 0);
    case "middle byte flipped":
      return flipped(before, Math.floor(before.length / 2));
    case "last byte flipped":
      return flipped(before, before.length - 1);
    case "cut":
      return before.subarray(0, Math.floor(before.length / 2));
    case "reordered":
      return reordered(before);
    default:
      return older;
  }
}

function flipped(before: Buffer, at: number): Buffer {
  const after = Buffer.from(before);
  if (at >= 0 && at < after.length) after[at] = (after[at] ?? 0) ^ 1;
  return after;
}

/** The first two lines change places. */
function reordered(before: Buffer): Buffer {
  const [first, second, ...rest] = before.toString("latin1").split("\n");
  if (first === undefined || second === undefined || second === "") return before;
  return Buffer.from([second, first, ...rest].join("\n"), "latin1");
}
