import type { Artefact, RunStarted } from "../../engine/model/event.ts";
import type { Outcome } from "../../engine/model/outcome.ts";

/** What a run folder for tests holds; everything has a sober default. */
export interface RunFolderSpec {
  readonly root: string;
  readonly run?: string;
  /** `rapport.yaml`. */
  readonly settings?: string;
  /** `derogations.yaml`, which the settings must name. */
  readonly waivers?: string;
  readonly inventory?: Partial<RunStarted["inventory"]>;
  readonly engine?: Partial<RunStarted["engine"]>;
  /** `inventaire.yaml`. */
  readonly inventoryText?: string;
  readonly runbooks: readonly {
    readonly file: string;
    readonly text: string;
    readonly chapter: number;
    readonly title: string;
  }[];
  readonly scope?: readonly number[];
  readonly steps: readonly StepSpec[];
  readonly placeholders?: RunStarted["placeholders"];
  readonly interrupted?: boolean;
  /** The run stops here, without an end. */
  readonly unfinished?: boolean;
}

export interface StepSpec {
  readonly id: string;
  readonly kind?: "shell" | "http" | "browser" | "console" | "manual" | "watch";
  readonly role?: "check" | "action";
  readonly chapter?: number;
  readonly targets?: readonly string[];
  readonly fills?: string;
  readonly requirements?: readonly string[];
  /** More placeholders that the same figure fills. */
  readonly shots?: readonly string[];
  /** Tries in order; none for a step that was skipped or blocked. */
  readonly tries?: readonly TrySpec[];
  /** The step's own outcome; the last try's unless said otherwise. `pending` never ended. */
  readonly outcome?: Outcome | "pending";
  readonly homogeneous?: boolean;
}

export interface TrySpec {
  readonly target?: string;
  readonly sent: string;
  readonly purpose?: "run" | "guard" | "verify";
  readonly onBehalfOf?: string;
  readonly outcome?: Outcome;
  readonly answer?: string;
  readonly output?: readonly (readonly ["stdout" | "stderr", string | Uint8Array])[];
  readonly response?: string;
  /** Further files by role: text of a page, its rows, an answer of the API. */
  readonly pieces?: Readonly<Partial<Record<Artefact["role"], string>>>;
  readonly picture?: { readonly png: Buffer; readonly alternative: string };
  readonly redactions?: Readonly<Record<string, number>>;
}
