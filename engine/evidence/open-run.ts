import { readFile, realpath } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { type JournalText, readJournal } from "./read-journal.ts";
import type { RunRecord } from "./run-record.ts";

/** Opens a run folder for reading. Throws EVIDENCE_NOT_FOUND when it is none. The journal's lines come along for the audit. */
export async function openRun(path: string): Promise<RunRecord & { readonly journal: JournalText }> {
  const folder = await resolveFolder(path);
  const journal = await readRunJournal(folder);
  return {
    folder,
    run: basename(folder),
    journal,
    events: journal.lines.flatMap((line) => (line.event === undefined ? [] : [line.event])),
    read: (name) => readBelow(join(folder, "data"), name),
  };
}

async function resolveFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    throw notARun(path, cause);
  }
}

async function readRunJournal(folder: string): Promise<JournalText> {
  try {
    return await readJournal(join(folder, "data", "journal.jsonl"));
  } catch (cause) {
    throw notARun(folder, cause);
  }
}

function notARun(path: string, cause: unknown): ProblemError {
  return new ProblemError(
    "EVIDENCE_NOT_FOUND",
    `${path} n’est pas un dossier d’exécution (data/journal.jsonl manque).`,
    {
      scope: "author",
      hint: "Donnez le chemin d’un dossier de output/, ou output/latest.",
      cause,
    },
  );
}

/** Names come from a journal that somebody may have changed: nothing outside `data/` is ever read, links included. */
async function readBelow(data: string, name: string): Promise<Buffer> {
  try {
    const real = await realpath(join(data, name));
    if (!real.startsWith((await realpath(data)) + sep)) throw new Error("outside the run folder");
    return await readFile(real);
  } catch (cause) {
    throw new ProblemError("EVIDENCE_FILE_MISSING", `La pièce ${name} manque dans le dossier d’exécution.`, {
      scope: "environment",
      hint: "Lancez constat audit sur ce dossier pour savoir ce qui manque d’autre.",
      cause,
    });
  }
}
