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
import { createTerminalFile, type TerminalFile } from "./terminal-file.ts";

/** A run folder being written: one writer, nothing is ever overwritten. */
export interface RunFolder {
  readonly folder: string;
  readonly run: string;
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

/** Opens a new run folder `<root>/<run>` and takes its lock. Throws RUN_EXISTS or RUN_LOCKED. */
export async function createRunFolder(root: string, run: string): Promise<RunFolder> {
  await mkdir(root, { recursive: true });
  const lock = await takeLock(join(root, `${run}.lock`));
  try {
    const folder = join(root, run);
    await makeFolders(folder, run);
    const journal = await createJournal(join(folder, "data", "journal.jsonl"));
    await syncFolder(join(folder, "data"));
    return new OpenRunFolder(folder, journal, lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
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
  readonly #release: () => Promise<void>;

  constructor(folder: string, journal: Journal, release: () => Promise<void>) {
    this.folder = folder;
    this.run = basename(folder);
    this.#data = join(folder, "data");
    this.#journal = journal;
    this.#release = release;
  }

  append(body: EventBody, at: Date): Promise<Event> {
    return this.#journal.append(body, at);
  }

  commit(): Promise<void> {
    return this.#journal.sync();
  }

  keep(role: Artefact["role"], content: Uint8Array | string, mediaType: string): Promise<Artefact> {
    return putBlob(this.#data, role, content, mediaType);
  }

  terminal(attempt: number): Promise<TerminalFile> {
    return createTerminalFile(this.#data, attempt);
  }

  async keepSource(path: string, text: string): Promise<void> {
    const target = join(this.#data, "runbook", path);
    await mkdir(dirname(target), { recursive: true });
    await writeAtomically(target, text);
  }

  async finish(summary: { readonly [key: string]: Json }): Promise<void> {
    await this.#journal.sync();
    const journal = { head: this.#journal.head, lines: this.#journal.count };
    await writeAtomically(join(this.#data, "run.json"), `${canonicalJson({ ...summary, journal })}\n`);
    await pointLatest(this.folder);
    await this.abandon();
  }

  async abandon(): Promise<void> {
    await this.#journal.close();
    await this.#release();
  }
}

/** Makes `latest` beside the folder point at it; the link is replaced in one step. */
async function pointLatest(folder: string): Promise<void> {
  const link = join(dirname(folder), "latest");
  const temporary = `${link}.part`;
  await rm(temporary, { force: true });
  await symlink(basename(folder), temporary);
  await rename(temporary, link);
}

/** The run that `latest` points at, undefined when there is none. */
export async function latestRun(root: string): Promise<string | undefined> {
  try {
    return join(root, await readlink(join(root, "latest")));
  } catch {
    return undefined;
  }
}
