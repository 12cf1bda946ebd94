import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { auditRun } from "../audit/index.ts";
import { ProblemError } from "../base/problem.ts";
import { openRun, writeAtomically } from "../evidence/index.ts";
import { FORMATS } from "../export/index.ts";
import { buildReport } from "../report/index.ts";
import { REPORTERS, type Reporter } from "../reporters/index.ts";
import type { ReporterChoice } from "./argument-values.ts";
import { outsideRun } from "./outside-run.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

type ToFile = Required<ReporterChoice>;

/** Files that a run is told to beside the terminal. */
export interface ReporterFiles {
  /** Those that are written line by line while it runs. */
  readonly reporters: readonly Reporter[];
  /** Ends them, and writes those that sum up a whole run. What cannot be written is told; the run stays what it was. */
  finish(folder: string, terminal: Terminal): Promise<void>;
}

/** Opens every file before anything runs, so that a path that cannot be written is told at once. Throws REPORTER_FILE. */
export async function openReporterFiles(choices: readonly ToFile[]): Promise<ReporterFiles> {
  const paths = choices.map(({ file }) => resolve(file));
  const twice = choices.find((_, index) => paths.indexOf(paths[index] ?? "") !== index);
  if (twice !== undefined)
    throw new ProblemError("REPORTER_FILE", `Deux vues s’écriraient dans ${twice.file}.`, {
      scope: "author",
      hint: "Donnez un fichier à chacune : --reporter junit=a.xml --reporter json=b.jsonl.",
    });
  for (const { file } of choices) await makeEmpty(file);
  const streams: WriteStream[] = [];
  const reporters = choices.flatMap(({ view, file }) => {
    if (view === "junit" || view === "markdown") return [];
    const stream = createWriteStream(file);
    // Told at the end, by `finish`: a full disk does not stop a run.
    stream.on("error", () => {});
    streams.push(stream);
    return [REPORTERS[view]({ write: (text) => stream.write(text) })];
  });
  return {
    reporters,
    finish: async (folder, terminal) => {
      for (const stream of streams) await ended(stream, terminal);
      await writeSummaries(folder, choices, terminal);
    },
  };
}

async function makeEmpty(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await (await open(file, "w")).close();
  } catch (cause) {
    throw new ProblemError("REPORTER_FILE", `${file} ne peut pas être écrit : ${(cause as Error).message}`, {
      scope: "author",
      hint: "Donnez à --reporter un chemin où vous pouvez écrire.",
      cause,
    });
  }
}

async function ended(stream: WriteStream, terminal: Terminal): Promise<void> {
  if (stream.errored === null) await new Promise<void>((done) => stream.end(() => done()));
  if (stream.errored !== null) unwritten(String(stream.path), stream.errored, terminal);
}

async function writeSummaries(folder: string, choices: readonly ToFile[], terminal: Terminal): Promise<void> {
  const summaries = choices.flatMap(({ view, file }) =>
    view === "junit" || view === "markdown" ? [{ view, file }] : [],
  );
  if (summaries.length === 0) return;
  try {
    const report = await buildReport(await openRun(folder));
    const { findings, waivers } = await auditRun(folder);
    for (const { view, file } of summaries) {
      const path = await outsideRun(folder, file);
      await writeAtomically(path, FORMATS[view].write({ report, findings, waivers, version: VERSION }));
    }
  } catch (error) {
    unwritten(summaries.map(({ file }) => file).join(", "), error, terminal);
  }
}

function unwritten(file: string, error: unknown, terminal: Terminal): void {
  terminal.err(`${file} n’a pas pu être écrit : ${error instanceof Error ? error.message : String(error)}\n`);
}
