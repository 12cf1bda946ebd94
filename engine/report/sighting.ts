import type { Sighting } from "../model/report-body.ts";
import type { AttemptFacts, RunFacts } from "./run-facts.ts";

/** Where and when an attempt saw what it saw: the time is the one at which it ended. */
export function toSighting(facts: RunFacts, attempt: AttemptFacts): Sighting {
  const { started, finished } = attempt;
  return {
    target: started.target,
    address: facts.nodes.get(started.target)?.address ?? "",
    at: finished?.at ?? started.at,
    attempt: started.attempt,
  };
}
