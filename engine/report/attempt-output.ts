import type { RunRecord } from "../evidence/index.ts";
import type { Artefact } from "../model/event.ts";
import type { Terminal } from "../model/report-body.ts";
import { readArtefact } from "./read-artefact.ts";
import { artefactOf, mergeStreams } from "./stored-output.ts";
import { buildTerminal, type TerminalOptions } from "./terminal.ts";

/** What an attempt answered as text: the bodies of its HTTP answers and the logs of their tasks in their order, else its terminal. */
export async function attemptOutput(
  record: RunRecord,
  artefacts: readonly Artefact[],
  options: TerminalOptions,
): Promise<readonly Terminal[]> {
  const files = artefacts.filter(({ role, bytes }) => (role === "response" || role === "task-log") && bytes > 0);
  const texts = await Promise.all(
    files.map(async (file) => buildTerminal(await readArtefact(record, file), file, options)),
  );
  if (files.some(({ role }) => role === "response")) return texts;
  const terminal = await terminalOf(record, artefacts, options);
  return terminal === undefined ? texts : [...texts, terminal];
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
