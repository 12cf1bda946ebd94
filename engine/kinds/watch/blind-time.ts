import type { Timeline, TimelinePoint } from "../../model/timeline.ts";

/** A time in which nobody can say whether a source answered. */
export interface BlindTime {
  /** Milliseconds by the watch's own clock. */
  readonly ms: number;
  /** Why it could not be asked, when that was told. */
  readonly reason: string | undefined;
}

interface Gap extends BlindTime {
  /** Something was asked and could not be: no lateness of an answer explains that. */
  readonly unknown: boolean;
  /** The measuring ended before the next answer. */
  readonly open: boolean;
}

type Points = readonly Pick<TimelinePoint, "at" | "took" | "state" | "reason">[];

/** What an answer under way, or an operator's post that has much to do, may take without the measuring having stopped. */
const LATE_MS = 1_000;

/**
 * The longest time in which an interruption longer than `max` could have gone unseen; undefined when there was none. A miss is no blind
 * time: it belongs to an interruption, which is judged by its own lengths.
 */
export function blindTime(
  points: Points,
  { maxMs, endMs, everyMs, timeScale }: { maxMs: number; endMs: number } & Pick<Timeline, "everyMs" | "timeScale">,
): BlindTime | undefined {
  const tooLong = gapsOf(points, endMs).filter(({ ms, unknown, open }) => {
    // On a lab whose time runs faster, what this post takes would count as many times as much.
    const late = open || timeScale !== 1 ? LATE_MS : 0;
    // Measures that come as often as asked are no gap, even where `max` is shorter than the pause between two of them.
    return ms > Math.max(maxMs / timeScale, late + (unknown ? 0 : 2 * everyMs));
  });
  return tooLong.toSorted((one, other) => other.ms - one.ms)[0];
}

/** From each answer to the next, or to the end of the measuring, where there was no miss between the two. */
function gapsOf(points: Points, endMs: number): readonly Gap[] {
  const found: Gap[] = [];
  let from: number | undefined;
  let missed = false;
  let unknowns: Points = [];
  const close = (to: number, open: boolean): void => {
    // Before the first answer, the way there may still have been opening: only a question that failed tells of blindness.
    if (!missed && (from !== undefined || unknowns.length > 0)) {
      const reason = unknowns.find((each) => each.reason !== undefined)?.reason;
      found.push({ ms: to - (from ?? unknowns[0]?.at ?? to), reason, unknown: unknowns.length > 0, open });
    }
    missed = false;
    unknowns = [];
  };
  for (const point of points) {
    if (point.state === "failed") missed = true;
    if (point.state === "unknown") unknowns = [...unknowns, point];
    if (point.state !== "ok") continue;
    close(point.at + point.took, false);
    from = point.at;
  }
  close(endMs, true);
  return found;
}
