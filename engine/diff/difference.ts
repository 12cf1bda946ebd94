import type { JsonChange, PictureDifference, TextDifference } from "../compare/index.ts";
import type { Finding } from "../model/finding.ts";

/** One of the two runs, and what is wrong with its evidence. */
export interface Side {
  readonly run: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly damage: readonly Finding[];
}

/** A fact of the runs' heads that is not the same; `counts` is false for what is never the same twice (name, date, duration, operator). */
export interface FactDifference {
  readonly fact: string;
  readonly before: string;
  readonly after: string;
  readonly counts: boolean;
}

/** A text of the runs' sources (runbooks, inventory, settings) that is not the same. */
export interface SourceDifference {
  readonly file: string;
  readonly status: "new" | "gone" | "changed" | "lost";
  readonly text: TextDifference | null;
  /** Why it could not be compared; empty normally. */
  readonly reason: string;
}

export interface StepDifference {
  readonly step: string;
  readonly chapter: number;
  /** `moved`: it stands elsewhere in the order; `changed`: something else about it is different. */
  readonly status: "new" | "gone" | "moved" | "changed";
  /** What is different, in French, with the values of both runs. */
  readonly details: readonly StepDetail[];
}

export interface StepDetail {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Line by line, where one of them has several lines. */
  readonly text: TextDifference | null;
}

/** What two answers of one step on one target have not in common. */
export type Compared =
  | { readonly type: "text"; readonly difference: TextDifference }
  | { readonly type: "data"; readonly changes: readonly JsonChange[] }
  /** Bytes that are no text, or that cannot be read: only that they differ is known. */
  | { readonly type: "uncompared"; readonly reason: string }
  | { readonly type: "only"; readonly side: "before" | "after"; readonly lines: readonly string[] };

/** An output, an answer, rows of a page: of a step, on a target. */
export interface AnswerDifference {
  readonly step: string;
  readonly target: string;
  readonly role: string;
  readonly compared: Compared;
  /** Beyond what the rules leave out. */
  readonly differs: boolean;
}

/** A figure of the report, or a picture of a step that fills none. */
export interface FigureDifference {
  readonly placeholder: string | null;
  readonly caption: string;
  readonly chapter: number;
  readonly step: string;
  readonly status: "same" | "within" | "different" | "new" | "gone" | "lost";
  readonly picture: PictureDifference | null;
  /** Paths below each run's `data/`, and pixels of the file for each CSS pixel. */
  readonly before: ShownPicture | null;
  readonly after: ShownPicture | null;
  /** What is said about it: alternative texts, addresses, why it is lost. */
  readonly notes: readonly string[];
  /** Answers of the same step that differ: what stands beside the pictures. */
  readonly answers: readonly AnswerDifference[];
}

export interface ShownPicture {
  readonly path: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly alternative: string;
}

/** Everything in which two runs differ, and how many things were compared, so that an empty comparison is seen to be one. */
export interface RunDifference {
  readonly before: Side;
  readonly after: Side;
  readonly facts: readonly FactDifference[];
  readonly sources: readonly SourceDifference[];
  readonly steps: readonly StepDifference[];
  /** Answers that differ or of which something was left out, in the order of the newer run. */
  readonly answers: readonly AnswerDifference[];
  readonly figures: readonly FigureDifference[];
  readonly compared: {
    readonly steps: number;
    readonly answers: number;
    readonly figures: number;
    /** Lines and values that differ only in what the rules leave out. */
    readonly ignored: number;
  };
  /** Whether anything differs beyond rules and tolerance, or could not be compared. */
  readonly different: boolean;
}
