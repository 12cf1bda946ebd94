import type { Outcome } from "../model/outcome.ts";
import type { AttemptResult } from "./attempt.ts";

/** The outcome of a step from those of its targets: the worst decides, and each target that is not well is named. */
export function jointOutcome(results: readonly AttemptResult[]): Outcome {
  const [only] = results;
  if (results.length === 1 && only !== undefined) return only.outcome;
  const errored = results.filter((result) => result.outcome.status === "errored");
  const failed = results.filter((result) => result.outcome.status === "failed");
  const [first] = errored;
  if (first?.outcome.status === "errored") {
    return { ...first.outcome, reason: nameEach([...errored, ...failed]) };
  }
  if (failed.length > 0) return { status: "failed", reason: nameEach(failed), judgements: [] };
  const judgements = results.flatMap((result) => (result.outcome.status === "passed" ? result.outcome.judgements : []));
  return { status: "passed", judgements };
}

function nameEach(results: readonly AttemptResult[]): string {
  return results
    .map(({ target, outcome }) => `${target} : ${"reason" in outcome ? outcome.reason : outcome.status}`)
    .join(" ; ");
}

/** Whether several targets gave the same bytes on stdout; null for one target. */
export function sameAnswers(results: readonly AttemptResult[]): boolean | null {
  if (results.length < 2) return null;
  const digests = results.map((result) => result.artefacts.find(({ role }) => role === "stdout")?.sha256);
  return new Set(digests).size === 1;
}
