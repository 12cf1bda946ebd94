import { join } from "node:path";
import { canonicalJson } from "../base/digest.ts";
import { isJsonObject, type Json } from "../base/json.ts";
import { ProblemError } from "../base/problem.ts";
import type { Artefact, FigureGiven } from "../model/event.ts";
import { lastEnd } from "../model/last-end.ts";
import { writeAtomically } from "./atomic-file.ts";
import { putBlob } from "./blobs.ts";
import { reopenJournal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import { updateManifest } from "./manifest.ts";
import { onDisk } from "./on-disk.ts";
import { openRun } from "./open-run.ts";

/** What can be added to a run that has ended: pictures of a person, each with its event. */
export interface Addition {
  keep(role: Artefact["role"], content: Uint8Array, mediaType: string): Promise<Artefact>;
  append(body: FigureGiven, at: Date): Promise<void>;
}

/**
 * Adds to a run that has ended: the journal grows by what `add` appends, `run.json` takes its new head, the manifest what is new. Throws
 * RUN_LOCKED, RUN_UNFINISHED for a run without an end, EVIDENCE_WRITE_FAILED. A seal is the caller's to make again.
 */
export async function addToRun(path: string, add: (addition: Addition) => Promise<void>): Promise<void> {
  const { folder } = await openRun(path);
  const lock = await onDisk(`Le verrou de ${folder}`, () => takeLock(`${folder}.lock`));
  try {
    await addLocked(folder, add);
  } finally {
    await lock.release();
  }
}

async function addLocked(folder: string, add: (addition: Addition) => Promise<void>): Promise<void> {
  // Read once the lock is held: nobody has added a line in between.
  const record = await openRun(folder);
  const last = record.journal.lines.at(-1);
  const summary: unknown = await readSummary(record);
  const ended = lastEnd(record.events) !== undefined;
  if (last === undefined || record.journal.torn !== "" || !ended || !isJsonObject(summary))
    throw unfinished(record.run);
  const data = join(folder, "data");
  const journal = await onDisk("Le journal", () =>
    reopenJournal(join(data, "journal.jsonl"), last.sha256, last.number),
  );
  const kept: string[] = [];
  try {
    await add({
      keep: async (role, content, mediaType) => {
        const artefact = await onDisk("Une pièce", () => putBlob(data, role, content, mediaType));
        kept.push(`data/${artefact.path}`);
        return artefact;
      },
      append: async (body, at) => {
        await journal.append(body, at);
      },
    });
  } finally {
    await journal.sync();
    await journal.close();
    const head: Json = { head: journal.head, lines: journal.count };
    await writeAtomically(join(data, "run.json"), `${canonicalJson({ ...summary, journal: head })}\n`);
    await updateManifest(folder, ["data/journal.jsonl", "data/run.json", ...kept]);
  }
}

async function readSummary(record: Awaited<ReturnType<typeof openRun>>): Promise<unknown> {
  try {
    return JSON.parse((await record.read("run.json")).toString("utf8"));
  } catch {
    return undefined;
  }
}

function unfinished(run: string): ProblemError {
  return new ProblemError("RUN_UNFINISHED", `L’exécution ${run} ne s’est pas terminée : rien ne s’y ajoute.`, {
    scope: "author",
    hint: "Relancez-la jusqu’à sa fin ; run --pictures <dossier> y donne aussi des images.",
  });
}
