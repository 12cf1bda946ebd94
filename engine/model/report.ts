import type { Chapter, Evidence, ExecutedBlock, Figure, Markup, ShownStatus, Status, Terminal } from "./report-body.ts";
import type { DeviationCard, NumberedTable, ReportNotes, ReportPurpose } from "./report-front.ts";
import type { Identity } from "./report-identity.ts";
import type { JudgedWaiver, Waiver } from "./waiver.ts";

export type Language = "fr" | "en";

/** `draft`: the run did not finish. */
export type Verdict = "conforming" | "conforming-with-reservations" | "non-conforming" | "draft";

/** Something that keeps the run from conforming. */
export interface Deviation {
  readonly subject: "step" | "placeholder" | "requirement";
  /** The id of the step or the requirement, or the caption. */
  readonly name: string;
  readonly reason: string;
  /** Anchor of the place where it shows. */
  readonly anchor: string;
  readonly waiver: Waiver | null;
}

/**
 * `satisfied`: every step that was to prove it passed, or had passed before, and no figure of theirs is missing. `waived`: what deviates is
 * accepted. `unproven`: the steps passed and a figure is missing. `idle`: none of its blocks serves this site. `uncovered`: no block names it.
 */
export type RequirementVerdict =
  | "satisfied"
  | "waived"
  | "unsatisfied"
  | "unproven"
  | "idle"
  | "uncovered"
  | "out-of-scope";

/** A step that proves a requirement: what it asserted, and what shows it. */
export interface RequirementProof {
  readonly step: string;
  readonly anchor: string;
  readonly role: "check" | "action";
  readonly targets: readonly string[];
  readonly status: Status;
  /** What was asserted, once each, and whether it held everywhere. */
  readonly assertions: readonly { readonly ok: boolean; readonly expected: string }[];
  readonly figures: readonly { readonly number: number; readonly anchor: string }[];
  /** Captions of figures that it was to give and that are missing. */
  readonly missing: readonly string[];
  /** Outputs kept of the attempts that count. */
  readonly evidence: readonly Evidence[];
}

/** A row of the matrix: requirement, steps, assertions, evidence, verdict. */
export interface RequirementRow {
  readonly id: string;
  readonly anchor: string;
  /** As it is declared, else the title of the section that first names it; empty when neither is known. */
  readonly title: string;
  readonly declared: boolean;
  readonly verdict: RequirementVerdict;
  readonly waiver: Waiver | null;
  readonly proofs: readonly RequirementProof[];
}

/** One placeholder in scope and who answers for it. */
export interface CompletenessRow {
  readonly placeholder: string;
  readonly caption: string;
  readonly chapter: number;
  readonly filled: boolean;
  readonly anchor: string;
  readonly figure: number | null;
  readonly step: string | null;
  readonly attempts: readonly number[];
  /** The earlier run that the figure was taken from. */
  readonly reusedFrom: string | null;
  /** Who gave the picture once the run had ended. */
  readonly givenBy: string | null;
  /** Empty when filled by this run. */
  readonly reason: string;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly step: string;
  readonly target: string;
  readonly purpose: "run" | "guard" | "verify" | "proof";
  readonly onBehalfOf: string | null;
  readonly at: string;
  readonly durationMs: number | null;
  readonly answer: string;
  readonly status: Status;
  /** It is the attempt that counts for its step and target. */
  readonly retained: boolean;
}

export interface NodeFacts {
  readonly node: string;
  readonly address: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface Counts {
  readonly steps: Readonly<Record<ShownStatus, number>>;
  readonly planned: number;
  readonly checks: { readonly passed: number; readonly expected: number };
  /** `reused`: how many of the filled ones were taken from an earlier run; `given`: by a person, after the run. */
  readonly placeholders: {
    readonly filled: number;
    readonly expected: number;
    readonly reused: number;
    readonly given: number;
  };
  readonly figures: { readonly pictures: number; readonly terminals: number };
  readonly attempts: number;
}

/** How the run went: charts with their alternative text, and what had to be tried again. */
export interface Course {
  readonly timeline: Markup;
  readonly longest: Markup | null;
  readonly retried: readonly {
    readonly step: string;
    readonly anchor: string;
    readonly target: string;
    readonly tries: number;
  }[];
}

/** Everything that the two faces of a report show; plain JSON, made from a run folder alone. */
export interface Report {
  readonly language: Language;
  /** Files whose text is not the one that ran: prose or settings changed afterwards. Empty for a report that can be delivered. */
  readonly rewritten: readonly string[];
  readonly identity: Identity;
  readonly verdict: Verdict;
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    /** Time of the last event. */
    readonly endedAt: string;
    /** From the first event to the last, pauses before it was resumed included. */
    readonly durationMs: number;
    readonly finished: boolean;
    readonly interrupted: boolean;
    /** Each time that a person went on with it, and since when it had stood still. */
    readonly resumed: readonly { readonly since: string; readonly at: string; readonly by: string }[];
  };
  /** « laboratoire simulé »: printed with everything that comes from it. Null on real machines. */
  readonly simulated: string | null;
  readonly counts: Counts;
  readonly deviations: readonly Deviation[];
  /** The same, each with what is needed to decide about it. */
  readonly cards: readonly DeviationCard[];
  readonly purpose: ReportPurpose;
  readonly notes: ReportNotes;
  /** In the order of the report; the table of tables. */
  readonly tables: readonly NumberedTable[];
  /** Requirements, in the order of the report, then those that are declared only. */
  readonly requirements: readonly RequirementRow[];
  readonly waivers: readonly JudgedWaiver[];
  readonly scope: {
    readonly chapters: readonly number[];
    readonly outOfScope: readonly number[];
  };
  readonly environment: {
    readonly engine: string;
    readonly runtime: string;
    readonly platform: string;
    readonly operator: string;
    /** SHA-256 of the public key that seals the run; null when it is not sealed. */
    readonly sealingKey: string | null;
    /** Null when it was not recorded, or there was none. */
    readonly browser: string | null;
    readonly fonts: readonly { readonly file: string; readonly sha256: string }[];
    /** The commit of the runbooks, and whether something differed from it; null outside a repository. */
    readonly repository: { readonly commit: string; readonly modified: boolean } | null;
    readonly inventory: {
      readonly name: string;
      /** Its own file last, before it those that it extends. */
      readonly files: readonly { readonly file: string; readonly sha256: string }[];
    };
    /** How many times faster than the wall clock a lab's time runs. */
    readonly timeScale: number;
    readonly nodes: readonly NodeFacts[];
    readonly runbooks: readonly {
      readonly file: string;
      readonly sha256: string;
      readonly chapter: number;
      readonly title: string;
      readonly inScope: boolean;
    }[];
  };
  readonly course: Course;
  readonly chapters: readonly Chapter[];
  /** In the order of the report; the table of figures. */
  readonly figures: readonly Figure[];
  readonly blocks: readonly ExecutedBlock[];
  readonly completeness: readonly CompletenessRow[];
  readonly attempts: readonly AttemptRow[];
  readonly truncations: readonly {
    readonly block: number;
    readonly anchor: string;
    readonly step: string;
    readonly hidden: number;
    readonly lines: number;
    readonly evidence: Evidence | null;
  }[];
  /** Outputs that the body shortens and an annex prints whole. */
  readonly longOutputs: readonly {
    readonly block: number;
    readonly anchor: string;
    readonly step: string;
    readonly terminal: Terminal;
  }[];
  readonly redactions: readonly {
    readonly attempt: number;
    readonly step: string;
    readonly rule: string;
    readonly count: number;
  }[];
  readonly firstContacts: readonly { readonly node: string; readonly at: string; readonly fingerprint: string }[];
  readonly renewals: readonly {
    readonly node: string;
    readonly step: string;
    readonly at: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly integrity: {
    /** SHA-256 over the manifest's lines of the evidence: the same before and after report and seal. */
    readonly root: string;
    /** SHA-256 of the journal's last line. */
    readonly head: string;
    readonly events: number;
    readonly files: readonly Evidence[];
  };
}
