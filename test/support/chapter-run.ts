import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import type { Event } from "../../engine/model/event.ts";
import { type LabOptions, type LabProject, latestEvents, startLabProject } from "./lab-run.ts";
import type { CliResult } from "./run-cli.ts";

/** A chapter's first run on a lab of its own. */
export interface ChapterRun {
  readonly project: LabProject;
  readonly first: CliResult;
  readonly events: readonly Event[];
  /** The folder of that run; empty when there is none. */
  readonly firstRun: string;
}

/** Runs the chapter before the tests of a `describe`, and ends its lab after them; what it gives is filled in between. */
export function chapterRun(options: LabOptions, { report = false, timeoutMs = 240_000 } = {}): ChapterRun {
  let made: ChapterRun | undefined;
  let project: LabProject | undefined;
  const whole = (): ChapterRun => {
    if (made === undefined) throw new Error("the chapter has not run yet");
    return made;
  };

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-e2e-"));
    project = await startLabProject(folder, options);
    const first = await project.constat("run", "runbooks", "--yes", ...(report ? [] : ["--no-report"]));
    const events = await latestEvents(folder).catch(() => []);
    const firstRun = await realpath(join(folder, "output", "latest")).catch(() => "");
    made = { project, first, events, firstRun };
  }, timeoutMs);

  afterAll(async () => {
    if (project === undefined) return;
    await project.lab.stop();
    await rm(project.folder, { recursive: true, force: true });
  });

  return {
    get project() {
      return whole().project;
    },
    get first() {
      return whole().first;
    },
    get events() {
      return whole().events;
    },
    get firstRun() {
      return whole().firstRun;
    },
  };
}

/** The run ended well, and filled every placeholder of the chapter: those with these captions, in this order. */
export function expectFilled({ first, events }: ChapterRun, captions: readonly string[]): void {
  expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
  const started = events.find((event) => event.type === "run-started");
  expect(started?.placeholders.map(({ caption }) => caption)).toEqual(captions);
  const filled = events.flatMap((event) => (event.type === "placeholder-filled" ? [event.placeholder] : []));
  expect(filled.toSorted()).toEqual(started?.placeholders.map(({ id }) => id).toSorted());
}
