import type { Evidence, Markup } from "./report-body.ts";
import type { Waiver } from "./waiver.ts";

/** What the report is about, before what it shows. */
export interface ReportPurpose {
  /** Why the document exists; a sentence of the engine's own when the author gives none. */
  readonly object: Markup;
  /** What the author says of the scope, besides the chapters and machines. */
  readonly scope: Markup | null;
  /** Documents that it refers to, besides those that were executed. */
  readonly documents: readonly string[];
  /** Terms that the runbooks use, in the order of their letters. */
  readonly glossary: readonly GlossaryEntry[];
  /** Where the runbooks are kept under version control, as the run found it. */
  readonly repository: { readonly commit: string; readonly modified: boolean } | null;
}

export interface GlossaryEntry {
  readonly term: string;
  readonly meaning: string;
}

/** A table of the report in the order of its pages. */
export interface NumberedTable {
  readonly number: number;
  readonly anchor: string;
  readonly caption: string;
}

/** One deviation with everything that a reader needs to decide about it. */
export interface DeviationCard {
  readonly number: number;
  readonly anchor: string;
  readonly subject: "step" | "placeholder" | "requirement";
  /** The id of the step or the requirement, or the caption. */
  readonly name: string;
  readonly reason: string;
  /** `major`: a step did not do or show what it was to. `minor`: a picture or a proof is missing. The author's word goes first. */
  readonly grade: "major" | "minor";
  /** Anchor of the place where it shows. */
  readonly shownAt: string;
  readonly figures: readonly { readonly number: number; readonly anchor: string }[];
  readonly evidence: readonly Evidence[];
  /** What follows from it, a sentence each. */
  readonly impact: readonly string[];
  /** Empty where nobody said it yet. */
  readonly action: string;
  readonly owner: string;
  /** `2027-03-31` or as the author wrote it; empty where nobody said it yet. */
  readonly due: string;
  readonly waiver: Waiver | null;
}

/** What was written beside the evidence: by the author in the settings, by those who attested something during the run. */
export interface ReportNotes {
  readonly text: Markup | null;
  readonly said: readonly {
    readonly step: string;
    readonly anchor: string;
    readonly operator: string;
    readonly at: string;
    readonly note: string;
  }[];
}
