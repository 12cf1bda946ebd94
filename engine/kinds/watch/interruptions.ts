import type { Interruption, Timeline } from "../../model/timeline.ts";

type Source = Pick<Timeline["sources"][number], "name" | "points">;

/**
 * The times without an answer of one source. Between two samples nothing is known, so each has two lengths: it lasted at least from the
 * first missed sample to the last, at most from the last answer before to the first one after.
 */
export function interruptionsOf({ name, points }: Source): readonly Interruption[] {
  const found: Interruption[] = [];
  let lastAnswer: number | null = null;
  let missed: { readonly first: number; last: number } | undefined;
  const close = (firstAnswer: number | null): void => {
    if (missed === undefined) return;
    const { first, last } = missed;
    const known = lastAnswer !== null && firstAnswer !== null;
    found.push({
      source: name,
      lastAnswer,
      firstMissed: first,
      lastMissed: last,
      firstAnswer,
      atLeastMs: last - first,
      atMostMs: known ? (firstAnswer ?? 0) - (lastAnswer ?? 0) : null,
    });
    missed = undefined;
  };
  for (const { at, took, state } of points) {
    if (state === "failed") {
      if (missed === undefined) missed = { first: at, last: at };
      else missed.last = at;
    }
    if (state !== "ok") continue;
    close(at + took);
    lastAnswer = at;
  }
  close(null);
  return found;
}

/** The longest one; one whose end was not seen is longer than all others. */
export function longest(interruptions: readonly Interruption[]): Interruption | undefined {
  const length = ({ atMostMs, atLeastMs }: Interruption) => [atMostMs ?? Number.POSITIVE_INFINITY, atLeastMs] as const;
  return interruptions.toSorted((one, other) => {
    const [most, least] = length(one);
    const [otherMost, otherLeast] = length(other);
    return most === otherMost ? otherLeast - least : otherMost > most ? 1 : -1;
  })[0];
}
