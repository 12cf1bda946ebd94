import type { Observation } from "../doctor/index.ts";

/** From the worst to what is merely good to know. */
const GRAVITY = ["error", "warning", "unchecked", "note", "ok"] as const;

/** The observation that speaks for several of one thing: the worst one. */
export function worstOf(observations: readonly Observation[]): Observation | undefined {
  return observations.toSorted((a, b) => GRAVITY.indexOf(a.status) - GRAVITY.indexOf(b.status))[0];
}

/** What is worth a sentence of its own, the worst first; what was found good stands in its row only. */
export function findingsOf(observations: readonly Observation[]): readonly Observation[] {
  return observations
    .filter(({ status }) => status !== "ok")
    .toSorted((a, b) => GRAVITY.indexOf(a.status) - GRAVITY.indexOf(b.status));
}
