import { describe, expect, it } from "vitest";
import type { Lab } from "../../lab/index.ts";
import { labProject, latestEvents, stepStatuses } from "./lab-run.ts";
import { shortenBudgets } from "./short-budgets.ts";
import { tempFolder } from "./temp-folder.ts";

/** A lab in which one caption is false. */
export interface FalseCaption {
  readonly caption: string;
  /** The step that would fill it, and the steps whose values or deeds it needs. */
  readonly step: string;
  readonly beside?: readonly string[];
  readonly scenario: string;
  /** What is wrong in the lab, in words and in deed. */
  readonly because: string;
  breakLab(lab: Lab): void | Promise<void>;
  /** What the failure must name: the caption's own falsehood, not whatever else. */
  readonly says: RegExp;
}

/** What is false stays false: nothing need be waited for longer than a page takes on a busy machine. */
const SECONDS = 6;

/** For each capture of a chapter, a test that its block fails in such a lab, and that its placeholder stays empty. */
export function describeFalseCaptions(chapter: number, cases: readonly FalseCaption[]): void {
  describe(`a capture of chapter ${chapter} whose caption is false`, () => {
    it.each(cases)(
      "« $caption » fails when $because",
      async ({ caption, step, beside = [], scenario, breakLab, says }) => {
        const folder = await tempFolder();
        const { lab, constat } = await labProject(folder, { scenario, chapters: [chapter] });
        shortenBudgets(folder, SECONDS);
        await breakLab(lab);
        const only = [...beside, step].flatMap((id) => ["--only", id]);
        const { code, stdout, stderr } = await constat("run", "runbooks", "--yes", "--no-report", ...only);
        expect((await stepStatuses(folder))[step], `${stdout}\n${stderr}`).toBe("failed");
        expect(code).toBe(1);
        const events = await latestEvents(folder);
        const started = events.find((event) => event.type === "run-started");
        const id = started?.placeholders.find((placeholder) => placeholder.caption === caption)?.id;
        expect(id).toBeDefined();
        expect(events.filter((event) => event.type === "placeholder-filled" && event.placeholder === id)).toEqual([]);
        const finished = events.findLast((event) => event.type === "step-finished" && event.step === step);
        expect(JSON.stringify(finished)).toMatch(says);
      },
      120_000,
    );
  });
}
