import { ProblemError } from "../base/problem.ts";
import { openRun } from "../evidence/index.ts";
import { capturePlaces, filledWords } from "./capture/places.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { runPath } from "./run-path.ts";
import type { Terminal } from "./terminal.ts";

export interface CaptureListOptions {
  /** Only those that nothing fills. */
  readonly empty?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** `constat capture list`: the captures of a run, each with its number and what fills it. */
export async function captureList(given: string, options: CaptureListOptions, terminal: Terminal): Promise<ExitCode> {
  const record = await openRun(await runPath(given));
  const all = capturePlaces(record.events);
  if (all.length === 0)
    throw new ProblemError("CAPTURE_NONE", `L’exécution ${record.run} n’a aucun emplacement de capture.`, {
      scope: "author",
      hint: "Un emplacement s’écrit [ Capture : légende ] dans un runbook.",
    });
  const places = options.empty === true ? all.filter(({ filled }) => filled === null) : all;
  if (options.json === true) {
    terminal.out(`${JSON.stringify(places, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const width = String(all.length).length;
  for (const place of places)
    terminal.out(
      `${String(place.number).padStart(width)}  chapitre ${place.chapter}  ${place.caption} — ${filledWords(place)}\n`,
    );
  const empty = all.filter(({ filled }) => filled === null).length;
  terminal.out(`${all.length - empty}/${all.length} remplies.\n`);
  return EXIT.ok;
}
