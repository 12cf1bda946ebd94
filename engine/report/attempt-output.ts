import type { RunRecord } from "../evidence/index.ts";
import type { Artefact } from "../model/event.ts";
import type { Terminal } from "../model/report-body.ts";
import { readArtefact } from "./read-artefact.ts";
import { artefactOf, mergeStreams } from "./stored-output.ts";
import { buildTerminal, type TerminalOptions } from "./terminal.ts";

/** What an attempt answered as text: the body of its HTTP answer and the log of its task, else its terminal. */
export async function attemptOutput(
  record: RunRecord,
  artefacts: readonly Artefact[],
  options: TerminalOptions,
): Promise<readonly Terminal[]> {
  const response = await wholeFile(record, artefacts, "response", options);
  const log = await wholeFile(record, artefacts, "task-log", options);
  const terminal = response === undefined ? await terminalOf(record, artefacts, options) : undefined;
  return [response, log, terminal].filter((text) => text !== undefined);
}

async function terminalOf(
  record: RunRecord,
  artefacts: readonly Artefact[],
  options: TerminalOptions,
): Promise<Terminal | undefined> {
  const stdout = artefactOf(artefacts, "stdout");
  const stderr = artefactOf(artefacts, "stderr");
  const timing = artefactOf(artefacts, "timing");
  if (stdout === undefined && stderr === undefined) return undefined;
  const [out, err, index] = await Promise.all(
    [stdout, stderr, timing].map((artefact) =>
      artefact === undefined ? Buffer.alloc(0) : readArtefact(record, artefact),
    ),
  );
  const bytes = mergeStreams(out ?? Buffer.alloc(0), err ?? Buffer.alloc(0), index?.toString("utf8") ?? "");
  return buildTerminal(bytes, stdout ?? stderr, options);
}

async function wholeFile(
  record: RunRecord,
  artefacts: readonly Artefact[],
  role: "response" | "task-log",
  options: TerminalOptions,
): Promise<Terminal | undefined> {
  const artefact = artefactOf(artefacts, role);
  return artefact === undefined ? undefined : buildTerminal(await readArtefact(record, artefact), artefact, options);
}
