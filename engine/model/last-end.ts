import type { Event, RunFinished } from "./event.ts";

/** How a run ended; undefined while it has not, also when it ended once and was resumed since. */
export function lastEnd(events: readonly Event[]): (RunFinished & { readonly at: string }) | undefined {
  const last = events.findLast((event) => event.type === "run-finished" || event.type === "run-resumed");
  return last?.type === "run-finished" ? last : undefined;
}
