import type { ClockReading } from "./clock-reading.ts";
import type { Artefact, Figure, FigureGiven, FigureReused, PlaceholderFilled } from "./figure-event.ts";
import type { OperatorDecided, RunResumed, StepKept } from "./operator-event.ts";
import type { Outcome } from "./outcome.ts";
import type { KindName, Role } from "./runbook.ts";

export {
  ARTEFACT_ROLES,
  type Artefact,
  type Figure,
  type FigureGiven,
  type FigureReused,
  type PlaceholderFilled,
} from "./figure-event.ts";

/** A step as the plan announced it. */
export interface PlannedStep {
  readonly step: string;
  readonly kind: KindName;
  readonly role: Role;
  readonly chapter: number;
  readonly targets: readonly string[];
  readonly fills: string | null;
  /** Requirements that it is to prove; absent when it names none. */
  readonly requirements?: readonly string[] | undefined;
  readonly file: string;
  readonly line: number;
}

export interface RunStarted {
  readonly type: "run-started";
  readonly run: string;
  readonly engine: {
    readonly name: "constat";
    readonly version: string;
    readonly node: string;
    readonly platform: string;
  };
  /** `key`: SHA-256 of the public key that will seal the run; absent when it is not to be sealed. */
  readonly operator: { readonly user: string; readonly host: string; readonly key?: string | undefined };
  /** What takes the pictures and prints the report; absent in journals of engines that did not record it. */
  readonly tools?:
    | {
        /** As it names itself (`Chromium 156.0.8078.79`); null when this machine has none. */
        readonly browser: string | null;
        /** The report's own fonts. */
        readonly fonts: readonly { readonly file: string; readonly sha256: string }[];
      }
    | undefined;
  /** Set when checks alone are run, to be held against an earlier run: which one, and the head of its journal. */
  readonly audits?: { readonly run: string; readonly head: string } | undefined;
  /** Where the runbooks are kept under version control: the commit, and whether something differed from it. */
  readonly repository?: { readonly commit: string; readonly modified: boolean } | undefined;
  readonly inventory: {
    readonly file: string;
    readonly name: string;
    /** The inventory as it was used, kept in the run folder; it holds no secret, only references. */
    readonly source: { readonly file: string; readonly sha256: string };
    /** The inventories that it extends, the first one first; absent when it extends none. */
    readonly bases?: readonly { readonly file: string; readonly sha256: string }[] | undefined;
    readonly simulated: string | null;
    readonly timeScale: number;
  };
  readonly runbooks: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly chapter: number;
    readonly title: string;
  }[];
  readonly settings: { readonly file: string; readonly sha256: string };
  /** The file of waivers that the settings name; absent when they name none. */
  readonly waivers?: { readonly file: string; readonly sha256: string } | undefined;
  readonly scope: readonly number[];
  readonly steps: readonly PlannedStep[];
  readonly placeholders: readonly {
    readonly id: string;
    readonly caption: string;
    readonly chapter: number;
    readonly candidates: readonly string[];
    readonly chosen: string | null;
  }[];
}

/** Who a node says it is, asked once at first contact. */
export interface NodeIdentified {
  readonly type: "node-identified";
  readonly node: string;
  readonly address: string;
  readonly facts: Readonly<Record<string, string>>;
  /** Fingerprint (`SHA256:…`) of the key that its ssh server showed and that was checked. */
  readonly hostKey?: string | undefined;
  /** Its clock against the operator's, asked over the same connection; absent when it told no time. */
  readonly clock?: ClockReading | undefined;
}

export interface StepStarted {
  readonly type: "step-started";
  readonly step: string;
}

/** `guard`: asked by `unless`; `verify`: asked after an action; `proof`: asked on resuming whether it still holds; `run`: the step itself. */
export type Purpose = "run" | "guard" | "verify" | "proof";

export interface AttemptStarted {
  readonly type: "attempt-started";
  readonly attempt: number;
  readonly step: string;
  readonly target: string;
  readonly purpose: Purpose;
  /** Step on whose behalf a guard or a verification runs. */
  readonly onBehalfOf: string | null;
  /** What is sent, as the report shows it: secrets masked. */
  readonly sent: string;
}

export interface AttemptFinished {
  readonly type: "attempt-finished";
  readonly attempt: number;
  readonly step: string;
  readonly target: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** `exit 0`, `HTTP 200`, `signal TERM`; empty when nothing answered. */
  readonly answer: string;
  readonly artefacts: readonly Artefact[];
  readonly figure: Figure | null;
  /** Values saved by name, masked. */
  readonly saved: Readonly<Record<string, string>>;
  /** Redactions made in the stored bytes, by rule. */
  readonly redactions: Readonly<Record<string, number>>;
}

export interface StepFinished {
  readonly type: "step-finished";
  readonly step: string;
  readonly outcome: Outcome;
  /** The attempt that counts, per target. */
  readonly retained: Readonly<Record<string, number>>;
  /** Whether several targets answered alike; null for one target. */
  readonly homogeneous: boolean | null;
}

/** A certificate without a pin, and the node whose management controller showed it. */
export interface FirstContact {
  readonly node: string;
  readonly fingerprint: string;
}

/** A management controller had no pin in the inventory: the certificate of the first contact holds for the run, and nobody vouched for it. */
export interface CertificateTaken extends FirstContact {
  readonly type: "certificate-taken";
}

/** A node changed its certificate because a step of this run was to do so. */
export interface CertificateRenewed {
  readonly type: "certificate-renewed";
  readonly node: string;
  readonly step: string;
  readonly before: string;
  readonly after: string;
}

export interface RunFinished {
  readonly type: "run-finished";
  readonly counts: Readonly<Record<Outcome["status"], number>>;
  readonly placeholders: { readonly expected: number; readonly filled: number };
  readonly interrupted: boolean;
}

export type EventBody =
  | RunStarted
  | NodeIdentified
  | StepStarted
  | AttemptStarted
  | AttemptFinished
  | StepFinished
  | PlaceholderFilled
  | FigureReused
  | FigureGiven
  | CertificateTaken
  | CertificateRenewed
  | OperatorDecided
  | RunResumed
  | StepKept
  | RunFinished;

/** An event as the journal keeps it. `prev` is the SHA-256 of the line before (64 zeros for the first). */
export type Event = EventBody & {
  readonly v: 1;
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly prev: string;
};
