/** What a waiver may accept: a step, a missing figure, a requirement, or something that an audit found. */
export type WaivedType = "step" | "figure" | "requirement" | "finding";

/** Why a deviation is accepted, by whom, until when. */
export interface Waiver {
  readonly id: string;
  readonly covers: {
    readonly type: WaivedType;
    /** Id of the step or the requirement, caption or id of the placeholder, rule of the finding (and, after a space, what it is about). */
    readonly name: string;
  };
  readonly reason: string;
  readonly by: string;
  /** Last day on which it counts, `2027-03-31`. */
  readonly until: string;
}

/**
 * What became of a waiver. `in-force`: it covers something. `unneeded`: what it names exists and does not deviate. `expired`: it counts no
 * more. `unmatched`: it names nothing of this run. `audit`: only an audit can tell.
 */
export type WaiverState = "in-force" | "unneeded" | "expired" | "unmatched" | "audit";

export interface JudgedWaiver extends Waiver {
  readonly state: WaiverState;
  /** Names of the deviations that it covers. */
  readonly covered: readonly string[];
}
