import type { Judgement } from "./expectation.ts";

/** What a kept file is to its attempt. */
export const ARTEFACT_ROLES = [
  "stdout",
  "stderr",
  "timing",
  "picture",
  "original",
  "dom-text",
  "rows",
  "api",
  "response",
  "task-log",
  "samples",
  "attestation",
] as const;

/** A file of the run folder, named by its path below `data/` and by its content. */
export interface Artefact {
  readonly role: (typeof ARTEFACT_ROLES)[number];
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

/** What fills a placeholder. */
export type Figure =
  | { readonly type: "terminal"; readonly step: string; readonly targets: readonly string[] }
  | {
      readonly type: "picture";
      readonly picture: Artefact;
      /** Pixels of the file, and how many of them stand for one CSS pixel. */
      readonly width: number;
      readonly height: number;
      readonly scale: number;
      readonly url: string;
      /** What is on the picture, for those who cannot see it. */
      readonly alternative: string;
      readonly judgements: readonly Judgement[];
      /** UTC instant of the picture, where it is not the attempt's own: taken while something else happened. */
      readonly at?: string | undefined;
    };

/** A placeholder has its figure. */
export interface PlaceholderFilled {
  readonly type: "placeholder-filled";
  readonly placeholder: string;
  readonly step: string;
  readonly attempts: readonly number[];
  readonly figure: Figure;
}

/** A picture of an earlier run is kept because the state before the change cannot be seen any more. */
export interface FigureReused {
  readonly type: "figure-reused";
  readonly placeholder: string;
  readonly from: { readonly run: string; readonly head: string; readonly at: string; readonly seq: number };
  readonly figure: Figure;
  /** The files of that attempt, copied into this run. */
  readonly artefacts: readonly Artefact[];
  /** What that attempt sent, where, and what the machine answered. */
  readonly sent: string;
  readonly target: string;
  readonly answer: string;
}

/**
 * A picture that existed already, given by a person once the run had ended. Nobody watched it being made: who gives it, and in what words,
 * is shown wherever the picture is.
 */
export interface FigureGiven {
  readonly type: "figure-given";
  readonly placeholder: string;
  readonly by: { readonly user: string; readonly host: string };
  /** The file as it was given, and what was left out of what is kept of it (its metadata). */
  readonly source: { readonly name: string; readonly sha256: string; readonly removed: readonly string[] };
  /** Where the picture comes from, in the person's words. */
  readonly origin: string;
  /** What the person attests; `option`: accepted on the command line. */
  readonly attestation: { readonly text: string; readonly how: "accepted" | "typed" | "option" };
  readonly figure: Figure;
  readonly artefacts: readonly Artefact[];
}
