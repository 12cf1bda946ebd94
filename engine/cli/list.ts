import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../base/counted.ts";
import { ProblemError } from "../base/problem.ts";
import { filesBelow, openRun } from "../evidence/index.ts";
import type { Event } from "../model/event.ts";
import { lastEnd } from "../model/last-end.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { shown } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

export interface ListOptions {
  readonly json?: boolean | undefined;
}

/** What a run's own journal says of it; whether that still holds is the audit's to say. */
interface ListedRun {
  readonly run: string;
  readonly started: string | null;
  readonly inventory: string | null;
  readonly simulated: boolean;
  readonly chapters: readonly number[];
  readonly verdict: "conforme" | "non conforme" | "interrompue" | "inachevée" | "illisible";
  readonly figures: { readonly filled: number; readonly expected: number } | null;
  readonly bytes: number;
}

/** `constat list`: the runs of a folder, the newest last. */
export async function list(root: string, options: ListOptions, terminal: Terminal): Promise<ExitCode> {
  const runs: ListedRun[] = [];
  for (const name of await runNames(root)) runs.push(await listed(root, name));
  runs.sort((a, b) => ((a.started ?? a.run) < (b.started ?? b.run) ? -1 : 1));
  if (options.json === true) terminal.out(`${JSON.stringify(runs, undefined, 2)}\n`);
  else print(runs, root, terminal);
  return EXIT.ok;
}

async function runNames(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return [];
    throw new ProblemError("LIST_FOLDER", `${shown(root)} ne se lit pas comme un dossier.`, {
      scope: "author",
      hint: "Donnez le dossier qui tient les exécutions, output par défaut.",
      cause,
    });
  });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const held = await Promise.all(
    folders.map(async (name) => {
      const journal = await stat(join(root, name, "data", "journal.jsonl")).catch(() => undefined);
      return journal?.isFile() === true ? [name] : [];
    }),
  );
  return held.flat();
}

async function listed(root: string, name: string): Promise<ListedRun> {
  const folder = join(root, name);
  const { events } = await openRun(folder);
  const sizes = await Promise.all(
    (await filesBelow(folder, "data")).map(async (path) => (await stat(join(folder, path))).size),
  );
  const started = events.find((event) => event.type === "run-started");
  return {
    run: name,
    started: events[0]?.at ?? null,
    inventory: started?.inventory.name ?? null,
    simulated: started !== undefined && started.inventory.simulated !== null,
    chapters: started?.scope ?? [],
    verdict: started === undefined ? "illisible" : verdictOf(events),
    figures: started === undefined ? null : soFar(events, started.placeholders.length),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

function verdictOf(events: readonly Event[]): ListedRun["verdict"] {
  const finished = lastEnd(events);
  if (finished === undefined) return "inachevée";
  if (finished.interrupted) return "interrompue";
  const { counts, placeholders } = finished;
  const left = events.some(
    (event) =>
      event.type === "step-finished" &&
      event.outcome.status === "skipped" &&
      (event.outcome.because === "declined" || event.outcome.because === "deselected"),
  );
  const { filled, expected } = soFar(events, placeholders.expected);
  const sound = counts.failed + counts.blocked + counts.errored === 0 && filled === expected;
  return sound && !left ? "conforme" : "non conforme";
}

function soFar(events: readonly Event[], expected: number): { readonly filled: number; readonly expected: number } {
  const filled = new Set(
    events.flatMap((event) =>
      event.type === "placeholder-filled" || event.type === "figure-reused" || event.type === "figure-given"
        ? [event.placeholder]
        : [],
    ),
  );
  return { filled: filled.size, expected };
}

function print(runs: readonly ListedRun[], root: string, terminal: Terminal): void {
  if (runs.length === 0) {
    terminal.out(`Aucune exécution dans ${shown(root)}. « constat run » en fait une.\n`);
    return;
  }
  const rows = runs.map((run) => [
    run.run,
    run.started === null ? "?" : run.started.slice(0, 16).replace("T", " "),
    `${run.inventory ?? "?"}${run.simulated ? " (simulé)" : ""}`,
    run.chapters.length === 0 ? "?" : `chap. ${spans(run.chapters)}`,
    run.verdict,
    run.figures === null ? "?" : `${run.figures.filled}/${run.figures.expected}`,
    size(run.bytes),
  ]);
  const head = ["exécution", "début (UTC)", "inventaire", "portée", "bilan", "figures", "taille"];
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  terminal.out(`${line(head)}\n`);
  for (const row of rows) terminal.out(`${line(row)}\n`);
  terminal.out(
    `${counted(runs.length, "exécution")}. Le bilan est celui du journal ; « constat audit » dit s’il tient.\n`,
  );
}

/** `1-3, 5` for 1, 2, 3 and 5. */
function spans(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

function size(bytes: number): string {
  const kib = bytes / 1024;
  return kib < 1024 ? `${Math.ceil(kib)} Kio` : `${(kib / 1024).toFixed(1).replace(".", ",")} Mio`;
}
