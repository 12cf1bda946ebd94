/** What a person chose in front of a step. Texts are masked. */
export type OperatorChoice =
  | { readonly what: "run" }
  | { readonly what: "skipped"; readonly reason: string }
  /** For this time only: the block as it was written, as it was sent, and why. */
  | { readonly what: "edited"; readonly before: string; readonly after: string; readonly reason: string }
  | { readonly what: "retried" }
  | { readonly what: "continued" }
  /** `reason`: why what lies between was left; empty when nothing did. */
  | { readonly what: "jumped"; readonly to: string; readonly reason: string }
  | { readonly what: "run-until"; readonly to: string }
  | { readonly what: "run-rest" }
  | { readonly what: "paused" }
  | { readonly what: "interrupted" }
  | { readonly what: "confirmed"; readonly question: string }
  | { readonly what: "declined"; readonly question: string }
  | { readonly what: "stopped" };

export interface Operator {
  readonly user: string;
  readonly host: string;
}

/** Somebody decided what becomes of a step: the runbook alone did not. */
export interface OperatorDecided {
  readonly type: "operator-decided";
  readonly step: string;
  readonly by: Operator;
  readonly choice: OperatorChoice;
}

/** A run that had ended, or was cut short, goes on in its own folder. */
export interface RunResumed {
  readonly type: "run-resumed";
  readonly by: Operator;
  /** Bytes of a last line that a crash had cut, taken off: it was no event. */
  readonly cut: number;
}

/**
 * A step that was done before the run was resumed is not done again. `proven`: its guard, its verification or itself says that it still
 * holds; `given`: a person had answered; `changed`: it held then, and does so no more; `unproven`: nothing can tell.
 */
export interface StepKept {
  readonly type: "step-kept";
  readonly step: string;
  readonly because: "proven" | "given" | "changed" | "unproven";
  readonly reason: string;
}
