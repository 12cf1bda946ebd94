import type { Outcome } from "../model/outcome.ts";
import type { Step } from "../model/plan.ts";
import type { Values } from "../model/values.ts";

/** Where the run stands when it asks what comes next. */
export interface Situation {
  readonly step: Step;
  /** What became of it just now; undefined before it was taken. */
  readonly outcome: Outcome | undefined;
  /** The steps that can be gone to, in order. */
  readonly line: readonly Step[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** What a step on this target sees of the values saved so far. */
  seenBy(target: string): Values;
}

/** What a person wants of the step in front of them. */
export type Move =
  /** `body`: instead of the author's, for this time. */
  | { readonly type: "run"; readonly body?: string | undefined }
  | { readonly type: "skip"; readonly reason: string }
  /** To another step; those between are skipped for `reason` when they were not taken yet. */
  | { readonly type: "go"; readonly to: string; readonly reason: string }
  | { readonly type: "continue" }
  | { readonly type: "stop" };

/** Somebody at the controls: asked before each step and after each one that did not go well. Journals what it was told itself. */
export interface Pilot {
  next(situation: Situation, signal: AbortSignal): Promise<Move>;
  /** The step begins; `stop` ends it alone. Gives what is to be called when it is over. */
  watch(step: Step, stop: () => void): () => void;
}
