import { type FileHandle, open } from "node:fs/promises";
import { canonicalJson, sha256 } from "../base/digest.ts";
import type { Json } from "../base/json.ts";
import type { Event, EventBody } from "../model/event.ts";
import { onDisk } from "./on-disk.ts";

/** What the first line of a journal names as the line before it. */
export const GENESIS = "0".repeat(64);

const JOURNAL = "Le journal";

/** The append-only record of a run: canonical JSON lines, each with the SHA-256 of the line before. */
export interface Journal {
  /** Writes one line. It is in the file, but only `sync` promises that it survives a power cut. */
  append(body: EventBody, at: Date): Promise<Event>;
  sync(): Promise<void>;
  /** SHA-256 of the last line: changes with every line before it. */
  readonly head: string;
  readonly count: number;
  close(): Promise<void>;
}

/** Starts a journal; refuses to go on writing in a file that exists. */
export async function createJournal(path: string): Promise<Journal> {
  const file = await open(path, "ax", 0o644);
  return new FileJournal(file);
}

/** Goes on in a journal whose last line has this SHA-256. */
export async function reopenJournal(path: string, head: string | undefined, count: number): Promise<Journal> {
  return new FileJournal(await open(path, "a", 0o644), head, count);
}

class FileJournal implements Journal {
  head: string;
  count: number;
  readonly #file: FileHandle;
  /** Appends are chained: two callers can never take the same `prev`. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(file: FileHandle, head = GENESIS, count = 0) {
    this.#file = file;
    this.head = head;
    this.count = count;
  }

  append(body: EventBody, at: Date): Promise<Event> {
    const written = this.#tail.then(async () => {
      const event: Event = { ...body, v: 1, seq: this.count + 1, at: at.toISOString(), prev: this.head };
      const line = canonicalJson(event as unknown as Json);
      await onDisk(JOURNAL, () => this.#file.appendFile(`${line}\n`));
      this.head = sha256(line);
      this.count += 1;
      return event;
    });
    this.#tail = written.catch(() => {});
    return written;
  }

  async sync(): Promise<void> {
    await this.#tail;
    await onDisk(JOURNAL, () => this.#file.datasync());
  }

  async close(): Promise<void> {
    await this.#tail;
    await this.#file.close();
  }
}
