import type { Place } from "./place.ts";

/** Something an audit found. `error`: the evidence does not hold; `warning`: it holds, with a hole that is named; `note`: worth knowing. */
export interface Finding {
  /** Stable name of the rule, kebab-case. */
  readonly rule: string;
  readonly severity: "error" | "warning" | "note";
  /** What it is about: a path of the run folder, a journal line, a placeholder, a step. */
  readonly subject: string;
  readonly text: string;
  readonly remedy: string;
  /** Requirements that it concerns. */
  readonly requirements?: readonly string[] | undefined;
  /** Where in a runbook. */
  readonly place?: Place | undefined;
  /** What was recorded and what is now, line by line. */
  readonly details?: readonly string[] | undefined;
  /** Id of the waiver in force that accepts it. */
  readonly waiver?: string | undefined;
}
