import type { Judgement } from "./expectation.ts";
import type { OutcomeStatus } from "./outcome.ts";
import type { KindName, Role } from "./runbook.ts";

/** HTML that the report made and escaped itself: the only text that templates may print as it is. */
export interface Markup {
  readonly html: string;
}

/** The status of a step as the report words it; `pending` never ran. */
export type ShownStatus = OutcomeStatus | "pending";

export interface Status {
  readonly status: ShownStatus;
  /** « OK », « ÉCHEC », « IGNORÉ : déjà satisfait »: never colour alone. */
  readonly word: string;
  /** Empty when the word says all. */
  readonly reason: string;
  /** What to do about it; empty when there is nothing to add. */
  readonly hint: string;
  /** It keeps the run from conforming: neither passed, nor left out because the work is done or another block serves better. */
  readonly deviates: boolean;
}

/** A file of the run folder that a reader can check. */
export interface Evidence {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Lines in a row; `bar` stands for lines that print leaves out and the HTML face folds; `screen` is what a full-screen program showed last. */
export type TerminalPart =
  | { readonly type: "lines"; readonly code: Markup }
  | { readonly type: "screen"; readonly count: number; readonly code: Markup }
  | { readonly type: "bar"; readonly from: number; readonly to: number; readonly count: number; readonly code: Markup };

/** Text that a machine answered, as its terminal would show it. */
export interface Terminal {
  /** Logical lines in all; 0 when nothing was answered. */
  readonly lines: number;
  readonly hidden: number;
  readonly numbered: boolean;
  /** `json`: laid out again for reading; the letters of its values are untouched. */
  readonly layout: "as-is" | "json";
  /** Too long to stay on one page with what stands around it. */
  readonly long: boolean;
  readonly parts: readonly TerminalPart[];
  readonly evidence: Evidence | null;
}

export interface Picture {
  readonly path: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly pixels: { readonly width: number; readonly height: number };
  /** Size on the page, in CSS pixels. */
  readonly shown: { readonly width: number; readonly height: number };
  readonly url: string;
  readonly alternative: string;
}

/** Where and when something was seen. */
export interface Sighting {
  readonly target: string;
  /** Nominal address; empty when unknown or local. */
  readonly address: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** Null when an earlier run saw it. */
  readonly attempt: number | null;
}

export interface FigureTerminal {
  readonly sightings: readonly Sighting[];
  readonly sent: string;
  readonly terminals: readonly Terminal[];
}

export interface Figure {
  readonly number: number;
  readonly anchor: string;
  readonly caption: string;
  readonly step: string;
  readonly content:
    | { readonly type: "picture"; readonly picture: Picture; readonly sighting: Sighting | null }
    | { readonly type: "terminal"; readonly groups: readonly FigureTerminal[] };
  /** An earlier run that the figure was taken from. */
  readonly reused: { readonly run: string; readonly head: string; readonly at: string } | null;
  /** A person who gave the picture once the run had ended, in what words. */
  readonly given: { readonly by: string; readonly at: string; readonly attestation: string } | null;
}

/** A placeholder without a figure: shown where the figure would stand. */
export interface Gap {
  readonly anchor: string;
  readonly caption: string;
  readonly reason: string;
}

/** What a watch saw: a chart, and in words what it shows. Times are already written out, from the start of the watch. */
export interface ShownTimeline {
  readonly chart: Markup;
  readonly everyMs: number;
  readonly sources: readonly {
    readonly name: string;
    readonly what: "ping" | "http" | "api" | "task";
    readonly subject: string;
    readonly from: string;
    readonly samples: number;
    readonly missed: number;
    readonly unknown: number;
  }[];
  readonly interruptions: readonly {
    readonly source: string;
    readonly from: string;
    /** Empty when the watch saw no answer any more. */
    readonly to: string;
    readonly length: string;
  }[];
  readonly marks: readonly { readonly number: number; readonly at: string; readonly text: string }[];
  readonly evidence: Evidence;
}

/** What a person attested. */
export interface ShownAttestation {
  readonly operator: string;
  readonly at: string;
  readonly text: string;
  readonly how: "accepted" | "typed" | "file";
  readonly note: string;
  readonly picture: string;
  readonly evidence: Evidence;
}

/** What one target answered, or several that answered exactly alike. */
export interface BlockResult {
  readonly sightings: readonly (Sighting & { readonly durationMs: number; readonly tries: number })[];
  /** Empty when every target was sent the same: then the block says it once. */
  readonly sent: string;
  /** `exit 0`, `HTTP 200`; empty when nothing answered. */
  readonly answer: string;
  readonly status: Status;
  readonly judgements: readonly Judgement[];
  /** Empty when the output stands in a figure. */
  readonly terminals: readonly Terminal[];
  /** A picture that no placeholder took, such as what a failed capture saw. */
  readonly picture: Picture | null;
  readonly timeline: ShownTimeline | null;
  readonly attestation: ShownAttestation | null;
}

/** What a person decided of a block, or what became of it when the run was resumed (`by` is empty then). */
export interface ShownDecision {
  /** UTC instant. */
  readonly at: string;
  readonly by: string;
  readonly text: string;
  /** The lines of a text that was changed for one time. */
  readonly changes: readonly { readonly mark: " " | "-" | "+"; readonly text: string }[];
}

/** An executable block of the runbook and what became of it. */
export interface ExecutedBlock {
  /** Position in the report, from 1. */
  readonly number: number;
  readonly anchor: string;
  readonly step: string;
  readonly kind: KindName;
  readonly role: Role;
  readonly requirements: readonly string[];
  readonly targets: readonly string[];
  readonly status: Status;
  readonly decisions: readonly ShownDecision[];
  /** Why it deviates although it passed: its text was changed for one time; empty when it was not. */
  readonly edited: string;
  readonly show: { readonly sent: boolean; readonly output: boolean };
  /** What every target was sent; when nothing was sent, what the author wrote. Empty when the targets differ. */
  readonly sent: string;
  /** Set where a chapter first uses `bmc:` addresses: what they lead to, for the reader. */
  readonly controllers: readonly string[] | null;
  readonly results: readonly BlockResult[];
  /** Targets on which nothing was done because a guard found the work done there already. */
  readonly satisfied: readonly string[];
  /** Whether several targets answered alike; null for one target. */
  readonly homogeneous: boolean | null;
  /** The figures that show its pictures, or what was sent and what came back. */
  readonly figures: readonly {
    readonly number: number;
    readonly anchor: string;
    readonly type: "picture" | "terminal";
  }[];
}

export type Content =
  /** `markdown`: the same as GFM, typography as the author typed it. */
  | { readonly type: "prose"; readonly body: Markup; readonly markdown: string }
  | { readonly type: "block"; readonly block: ExecutedBlock }
  | { readonly type: "figure"; readonly figure: Figure }
  | { readonly type: "gap"; readonly gap: Gap };

export interface ReportSection {
  readonly anchor: string;
  /** 2 for the first level below the chapter. */
  readonly level: number;
  readonly title: string;
  readonly heading: Markup;
  readonly content: readonly Content[];
}

export interface Chapter {
  readonly number: number;
  readonly anchor: string;
  readonly title: string;
  readonly heading: Markup;
  readonly file: string;
  readonly sha256: string;
  /** What stands before the first section. */
  readonly introduction: readonly Content[];
  /** Its notes as GFM, to stand once at its end; empty when there are none. */
  readonly notes: string;
  readonly sections: readonly ReportSection[];
}
