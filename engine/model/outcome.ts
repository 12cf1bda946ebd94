import type { Judgement } from "./expectation.ts";

/** What became of a step, an attempt or a guard. A failure has the same shape as a success. */
export type Outcome =
  | { readonly status: "passed"; readonly judgements: readonly Judgement[] }
  | { readonly status: "failed"; readonly reason: string; readonly judgements: readonly Judgement[] }
  | {
      readonly status: "skipped";
      /** `satisfied`: its guard says the work is done. The others never ran by choice. */
      readonly because: "satisfied" | "not-chosen" | "deselected" | "declined";
      readonly reason: string;
    }
  | { readonly status: "blocked"; readonly by: string; readonly reason: string }
  | { readonly status: "errored"; readonly code: string; readonly reason: string; readonly hint: string };

export type OutcomeStatus = Outcome["status"];
