import { readdir, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { Event } from "../model/event.ts";
import { reopenJournal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import { onDisk } from "./on-disk.ts";
import { readJournal } from "./read-journal.ts";
import { continueRunFolder, type RunFolder } from "./run-folder.ts";

/** A run folder that goes on, with what it held. */
export interface Reopened {
  readonly folder: RunFolder;
  readonly events: readonly Event[];
  /** The highest attempt that left anything on disk, also one that the journal does not know. */
  readonly attempts: number;
  /** Bytes of a last line that a crash had cut; they were no event, and are taken off. */
  readonly cut: number;
}

/**
 * Opens the folder of a run that ended, or was cut short, to go on writing behind its last event. Whoever calls has made sure that the
 * evidence holds, and `prepare`s it under the lock. Throws RUN_LOCKED while somebody writes into it, or EVIDENCE_WRITE_FAILED.
 */
export async function reopenRun(path: string, prepare: () => Promise<void>): Promise<Reopened> {
  return onDisk(`Le dossier d’exécution ${path}`, async () => {
    const lock = await takeLock(`${path}.lock`);
    try {
      await prepare();
      const data = join(path, "data");
      const file = join(data, "journal.jsonl");
      const { lines, torn } = await readJournal(file);
      const cut = Buffer.byteLength(torn);
      if (torn !== "") await truncate(file, (await stat(file)).size - cut);
      // The summary speaks of an end that is none any more, and so does the report.
      for (const name of ["run.json", "rapport.pdf", "rapport.html"]) await rm(join(data, name), { force: true });
      const journal = await reopenJournal(file, lines.at(-1)?.sha256, lines.length);
      return {
        folder: await continueRunFolder(path, journal, lock.release),
        events: lines.flatMap(({ event }) => event ?? []),
        attempts: await highestAttempt(join(data, "terminal")),
        cut,
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  });
}

async function highestAttempt(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(/^bloc-(\d+)\./.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}
