import { createWriteStream, openAsBlob } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Writable } from "node:stream";
import { BlobReader, configure, ZipWriter } from "@zip.js/zip.js";
import { ProblemError } from "../base/problem.ts";
import { filesBelow } from "../evidence/index.ts";
import { TAG_FILES } from "../evidence/seal/index.ts";

/** Zip knows no time zone and no year before 1980; one date for all gives one file for one bag. */
const DATE = new Date(1980, 0, 1);
/** These are compressed already. */
const PACKED = /\.(?:png|jpg|pdf)$/;

/** Writes a sealed folder as one zip file, whole or not at all; below one folder of the run's name, as BagIt asks. Throws ZIP_FAILED. */
export async function zipBag(folder: string, target: string, signal: AbortSignal): Promise<void> {
  const temporary = `${target}.part`;
  // Workers would each load the library again, for no gain on a disk.
  configure({ useWebWorkers: false });
  try {
    const beside = (await readdir(folder)).filter((name) => TAG_FILES.has(name)).sort();
    const writer = new ZipWriter(Writable.toWeb(createWriteStream(temporary)) as WritableStream<Uint8Array>);
    for (const path of [...beside, ...(await filesBelow(folder, "data"))]) {
      const blob = await openAsBlob(join(folder, path));
      await writer.add(`${basename(folder)}/${path}`, new BlobReader(blob), {
        lastModDate: DATE,
        extendedTimestamp: false,
        level: PACKED.test(path) ? 0 : 6,
        signal,
      });
    }
    await writer.close();
    await rename(temporary, target);
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ProblemError("ZIP_FAILED", `${target} n’a pas pu être écrit : ${(cause as Error).message}`, {
      scope: "environment",
      hint: "Vérifiez la place et les droits ; le dossier scellé est intact.",
      cause,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}
