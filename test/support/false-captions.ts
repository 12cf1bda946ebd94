import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { expectFalse, type Refusal } from "./expect-false.ts";
import { type LabOptions, type LabProject, labProject, startLabProject, stepStatuses } from "./lab-run.ts";
import { shortenBudgets } from "./short-budgets.ts";
import { tempFolder } from "./temp-folder.ts";

/** A deed that makes one caption false. */
export interface FalseOnLab extends Refusal {
  /** The steps whose values or deeds the step needs. */
  readonly beside?: readonly string[];
  /** What becomes of steps beside it. */
  readonly also?: Readonly<Record<string, string>>;
  /** How long anything is waited for. */
  readonly seconds?: number;
  /** What is wrong in the lab, in words and in deed; where others use the lab afterwards, it gives what mends it. */
  readonly because: string;
  breakLab(lab: Lab): Broken | Promise<Broken>;
}

/** The same with the lab it needs for itself. */
export interface FalseCaption extends FalseOnLab {
  readonly scenario: string;
}

type Broken = (() => void | Promise<void>) | undefined | void;

/** What is false stays false: nothing need be waited for longer than a page takes on a busy machine. */
const SECONDS = 6;

/** For each capture of a chapter, a test that its block fails in such a lab, and that its placeholder stays empty. */
export function describeFalseCaptions(chapter: number, cases: readonly FalseCaption[]): void {
  describe(`a capture of chapter ${chapter} whose caption is false`, () => {
    it.each(cases)(
      "« $caption » fails when $because",
      async ({ scenario, ...wrong }) =>
        await refuses(await labProject(await tempFolder(), { scenario, chapters: [chapter] }), wrong),
      120_000,
    );
  });
}

/** The same on one lab, one after the other; `ready` makes it ready for them. */
export function describeFalseCaptionsOn(
  options: LabOptions & { readonly scenario: string },
  cases: readonly FalseOnLab[],
  ready: (project: LabProject) => void | Promise<void> = () => {},
): void {
  describe(`on the lab « ${options.scenario} », a capture of chapter ${options.chapters?.join()} whose caption is false`, () => {
    let project: LabProject;

    beforeAll(async () => {
      project = await startLabProject(await mkdtemp(join(tmpdir(), "constat-e2e-")), options);
      await ready(project);
    }, 120_000);

    afterAll(async () => {
      await project.lab.stop();
      await rm(project.folder, { recursive: true, force: true });
    });

    it.each(cases)("« $caption » fails when $because", async (wrong) => await refuses(project, wrong), 120_000);
  });
}

async function refuses(project: LabProject, wrong: FalseOnLab): Promise<void> {
  const { step, beside = [], seconds = SECONDS, breakLab, also = {} } = wrong;
  shortenBudgets(project.folder, seconds);
  const mend = await breakLab(project.lab);
  const result = await project.run(...beside, step);
  await mend?.();
  await expectFalse(project, wrong, result);
  expect(await stepStatuses(project.folder)).toMatchObject(also);
}
