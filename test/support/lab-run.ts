import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openRun } from "../../engine/evidence/index.ts";
import type { Event } from "../../engine/model/event.ts";
import { type Lab, startLab } from "../../lab/index.ts";
import { type CliResult, runCli } from "./run-cli.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Lab seconds per second in tests. */
const TIME_SCALE = 10;

export interface LabOptions {
  readonly scenario?: string;
  readonly dialect?: "9" | "8.4";
  /** Generation of the management controllers. */
  readonly controller?: "ilo5" | "ilo6";
  /** Lab seconds per second, when not the usual ten: slower where a moment has to be met on a busy machine. */
  readonly timeScale?: number;
  /** Only these chapters, in the project and in its report; all of them by default. */
  readonly chapters?: readonly number[];
}

/** A lab and a project folder with the real runbooks, both gone with their owner. */
export interface LabProject {
  readonly lab: Lab;
  readonly folder: string;
  /** `constat …` in the project, against this lab. */
  constat(command: string, ...args: readonly string[]): Promise<CliResult>;
  /** Runs these steps alone, without questions and without a report; the whole project when none is named. */
  run(...steps: readonly string[]): Promise<CliResult>;
}

/** Starts a lab beside a copy of the runbooks in `folder`. The caller stops it. */
export async function startLabProject(folder: string, options: LabOptions = {}): Promise<LabProject> {
  cpSync(join(ROOT, "runbooks"), join(folder, "runbooks"), { recursive: true });
  cpSync(join(ROOT, "docs"), join(folder, "docs"), { recursive: true });
  const { chapters, ...rest } = options;
  if (chapters !== undefined) keepChapters(join(folder, "runbooks"), chapters);
  const lab = await startLab({ folder: join(folder, "output", "lab"), timeScale: TIME_SCALE, ...rest });
  const constat: LabProject["constat"] = (command, ...args) => runCli([command, ...args], { cwd: folder });
  const run: LabProject["run"] = (...steps) =>
    constat("run", "runbooks", "--yes", "--no-report", ...steps.flatMap((step) => ["--only", step]));
  return { lab, folder, constat, run };
}

function keepChapters(runbooks: string, chapters: readonly number[]): void {
  const wanted = chapters.map((chapter) => `${String(chapter).padStart(2, "0")}-`);
  for (const name of readdirSync(runbooks)) {
    if (name.endsWith(".md") && !wanted.some((start) => name.startsWith(start))) rmSync(join(runbooks, name));
  }
  const settings = join(runbooks, "rapport.yaml");
  const text = readFileSync(settings, "utf8").replace(/^chapitres: .*$/m, `chapitres: [${chapters.join(", ")}]`);
  writeFileSync(settings, text);
}

/** The same, ended with the test that asks. */
export async function labProject(folder: string, options: LabOptions = {}): Promise<LabProject> {
  const project = await startLabProject(folder, options);
  onTestFinished(() => project.lab.stop());
  return project;
}

/** The events of the newest run of a project. */
export async function latestEvents(folder: string): Promise<readonly Event[]> {
  return (await openRun(join(folder, "output", "latest"))).events;
}

/** Status of each step of the newest run. */
export async function stepStatuses(folder: string): Promise<Readonly<Record<string, string>>> {
  return statusesIn(await latestEvents(folder));
}

/** Status of each step of a run. */
export function statusesIn(events: readonly Event[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    events.flatMap((event) =>
      event.type === "step-finished"
        ? [[event.step, event.outcome.status === "skipped" ? event.outcome.because : event.outcome.status]]
        : [],
    ),
  );
}
