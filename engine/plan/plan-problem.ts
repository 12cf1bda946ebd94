import type { Place } from "../model/place.ts";
import type { Block } from "../model/runbook.ts";

/** An author's mistake that only runbooks and inventory together show. */
export interface PlanProblem {
  readonly place: Place;
  readonly reason: string;
  readonly remedy: string;
}

/** Where a key of a block was written; the block's own place when it was not. */
export function placeOf(block: Block, key: string): Place {
  return block.raw[key]?.place ?? block.place;
}

/** Problems in the order in which an author reads his files; the same one at the same place once. */
export function inReadingOrder(problems: readonly PlanProblem[]): readonly PlanProblem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort(
    ({ place: a }, { place: b }) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
