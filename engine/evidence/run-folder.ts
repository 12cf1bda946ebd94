import { randomUUID } from "node:crypto";
import { mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { canonicalJson } from "../base/digest.ts";
import type { Json } from "../base/json.ts";
import { ProblemError } from "../base/problem.ts";
import type { Artefact, Event, EventBody } from "../model/event.ts";
import { syncFolder, writeAtomically } from "./atomic-file.ts";
import { putBlob } from "./blobs.ts";
import { createJournal, type Journal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import { onDisk } from "./on-disk.ts";
import { createTerminalFile, type TerminalFile } from "./terminal-file.ts";

/** A run folder being written: one writer, nothing is ever overwritten. */
export interface RunFolder {
  readonly folder: string;
  readonly run: string;
  /** Why `latest` beside the folder could not be made to point at it (no links on this file system, a real folder in its place). */
  readonly latestFailure: string | undefined;
  append(body: EventBody, at: Date): Promise<Event>;
  /** Returns when all that was appended and kept so far would survive a power cut. */
  commit(): Promise<void>;
  keep(role: Artefact["role"], content: Uint8Array | string, mediaType: string): Promise<Artefact>;
  terminal(attempt: number): Promise<TerminalFile>;
  /** Copies a source text (`runbook/…`) as it was when the run began. */
  keepSource(path: string, text: string): Promise<void>;
  /** Writes `run.json` with the journal's head, so that a missing last line shows, and lets the folder go. */
  finish(summary: { readonly [key: string]: Json }): Promise<void>;
  /** Lets the folder go without a summary, after a fault. */
  abandon(): Promise<void>;
}

/**
 * Opens a new run folder `<root>/<run>`, takes its lock and makes `latest` point at it: a run that breaks is the newest all the same.
 * Throws RUN_EXISTS, RUN_LOCKED or EVIDENCE_WRITE_FAILED.
 */
export async function createRunFolder(root: string, run: string): Promise<RunFolder> {
  return onDisk(`Le dossier d’exécution ${run}`, async () => {
    await mkdir(root, { recursive: true });
    const lock = await takeLock(join(root, `${run}.lock`));
    try {
      const folder = join(root, run);
      await makeFolders(folder, run);
      const journal = await createJournal(join(folder, "data", "journal.jsonl"));
      for (const path of [join(folder, "data"), folder, root]) await syncFolder(path);
      return new OpenRunFolder(folder, journal, lock.release, await pointLatest(folder));
    } catch (error) {
      await lock.release();
      throw error;
    }
  });
}

/** The folder of a run that goes on, with its journal and the lock that is held; `latest` points at it. */
export async function continueRunFolder(
  folder: string,
  journal: Journal,
  release: () => Promise<void>,
): Promise<RunFolder> {
  return new OpenRunFolder(folder, journal, release, await pointLatest(folder));
}

async function makeFolders(folder: string, run: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    throw new ProblemError("RUN_EXISTS", `Le dossier d’exécution ${run} existe déjà.`, {
      scope: "environment",
      hint: "Donnez un autre nom à cette exécution ; une preuve n’est jamais réécrite.",
      cause,
    });
  }
  for (const name of ["runbook", "terminal", "figures", "blobs"])
    await mkdir(join(folder, "data", name), { recursive: true });
}

class OpenRunFolder implements RunFolder {
  readonly folder: string;
  readonly run: string;
  readonly #data: string;
  readonly #journal: Journal;
  readonly latestFailure: string | undefined;
  readonly #release: () => Promise<void>;
  #open = true;

  constructor(folder: string, journal: Journal, release: () => Promise<void>, latestFailure: string | undefined) {
    this.folder = folder;
    this.run = basename(folder);
    this.#data = join(folder, "data");
    this.#journal = journal;
    this.#release = release;
    this.latestFailure = latestFailure;
  }

  append(body: EventBody, at: Date): Promise<Event> {
    return this.#journal.append(body, at);
  }

  commit(): Promise<void> {
    return this.#journal.sync();
  }

  keep(role: Artefact["role"], content: Uint8Array | string, mediaType: string): Promise<Artefact> {
    return onDisk("Une pièce", () => putBlob(this.#data, role, content, mediaType));
  }

  terminal(attempt: number): Promise<TerminalFile> {
    return createTerminalFile(this.#data, attempt);
  }

  async keepSource(path: string, text: string): Promise<void> {
    const target = join(this.#data, "runbook", path);
    await onDisk(`La copie de ${path}`, async () => {
      await mkdir(dirname(target), { recursive: true });
      await writeAtomically(target, text);
    });
  }

  async finish(summary: { readonly [key: string]: Json }): Promise<void> {
    await this.#journal.sync();
    const journal = { head: this.#journal.head, lines: this.#journal.count };
    await writeAtomically(join(this.#data, "run.json"), `${canonicalJson({ ...summary, journal })}\n`);
    await this.abandon();
  }

  async abandon(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    try {
      await this.#journal.close();
    } finally {
      await this.#release();
    }
  }
}

/** The link is replaced in one step. Evidence does not depend on it, so that a refusal is told rather than thrown. */
async function pointLatest(folder: string): Promise<string | undefined> {
  const link = join(dirname(folder), "latest");
  const temporary = `${link}.${randomUUID()}.part`;
  try {
    await symlink(basename(folder), temporary);
    await rename(temporary, link);
    return undefined;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return error instanceof Error ? error.message : String(error);
  }
}

/** The run that `latest` points at, undefined when there is none. */
export async function latestRun(root: string): Promise<string | undefined> {
  try {
    return join(root, await readlink(join(root, "latest")));
  } catch {
    return undefined;
  }
}
