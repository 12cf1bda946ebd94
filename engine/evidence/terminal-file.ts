import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../base/digest.ts";
import type { Artefact } from "../model/event.ts";
import { syncFolder } from "./atomic-file.ts";
import { onDisk } from "./on-disk.ts";

/**
 * The output of one attempt on disk: `bloc-NNN.out`, `bloc-NNN.err`, and `bloc-NNN.timing`, one JSON line per piece:
 * `[seconds since the start, "o" or "e", bytes]`. The pieces in that order give back what the terminal showed.
 */
export interface TerminalFile {
  write(stream: "stdout" | "stderr", chunk: Uint8Array, seconds: number): void;
  /** Ends the files; the artefacts that have bytes, for the event. */
  close(): Promise<readonly Artefact[]>;
}

/** Opens the three files of attempt `number` below `data/terminal/`. */
export async function createTerminalFile(dataFolder: string, number: number): Promise<TerminalFile> {
  const stem = `terminal/bloc-${String(number).padStart(3, "0")}`;
  return onDisk(WHAT, async () => {
    const out = await openPart(dataFolder, `${stem}.out`);
    try {
      return new TerminalFiles(dataFolder, stem, out, await openPart(dataFolder, `${stem}.err`));
    } catch (error) {
      await out.file.close();
      throw error;
    }
  });
}

const WHAT = "La sortie d’un essai";

interface Part {
  readonly path: string;
  readonly file: FileHandle;
  readonly hash: Hash;
  bytes: number;
}

async function openPart(dataFolder: string, path: string): Promise<Part> {
  return { path, file: await open(join(dataFolder, path), "ax", 0o644), hash: createHash("sha256"), bytes: 0 };
}

class TerminalFiles implements TerminalFile {
  readonly #folder: string;
  readonly #stem: string;
  readonly #out: Part;
  readonly #err: Part;
  readonly #timing: string[] = [];
  #tail: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(folder: string, stem: string, out: Part, err: Part) {
    this.#folder = folder;
    this.#stem = stem;
    this.#out = out;
    this.#err = err;
  }

  write(stream: "stdout" | "stderr", chunk: Uint8Array, seconds: number): void {
    if (chunk.length === 0) return;
    const part = stream === "stdout" ? this.#out : this.#err;
    const bytes = Uint8Array.from(chunk);
    part.hash.update(bytes);
    part.bytes += bytes.length;
    this.#timing.push(
      `${JSON.stringify([Number(seconds.toFixed(3)), stream === "stdout" ? "o" : "e", bytes.length])}\n`,
    );
    this.#tail = this.#tail
      .then(() => part.file.appendFile(bytes))
      .catch((error: unknown) => {
        this.#failure ??= error;
      });
  }

  async close(): Promise<readonly Artefact[]> {
    const timing = this.#timing.join("");
    const path = `${this.#stem}.timing`;
    await onDisk(WHAT, () => this.#end(join(this.#folder, path), timing));
    return [
      artefact("stdout", this.#out),
      artefact("stderr", this.#err),
      {
        role: "timing",
        path,
        sha256: sha256(timing),
        bytes: Buffer.byteLength(timing),
        mediaType: "application/jsonl",
      },
    ];
  }

  /** All bytes and all names are on disk when this returns: the journal may name the files from then on. */
  async #end(indexPath: string, timing: string): Promise<void> {
    const streams = [this.#out.file, this.#err.file];
    try {
      await this.#tail;
      if (this.#failure !== undefined) throw this.#failure;
      const index = await open(indexPath, "wx", 0o644);
      streams.push(index);
      await index.writeFile(timing);
      await Promise.all(streams.map((file) => file.datasync()));
    } finally {
      await Promise.all(streams.map((file) => file.close()));
    }
    await syncFolder(dirname(indexPath));
  }
}

function artefact(role: "stdout" | "stderr", part: Part): Artefact {
  const digest = part.hash.digest("hex");
  return { role, path: part.path, sha256: digest, bytes: part.bytes, mediaType: "application/octet-stream" };
}
