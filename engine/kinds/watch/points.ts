import type { Json } from "../../base/json.ts";
import { looselyEqual } from "../../expect/index.ts";
import type { TimelinePoint } from "../../model/timeline.ts";
import type { EchoClock } from "./ping-stream.ts";
import type { Reading } from "./take-sample.ts";

/** One sample: when it was asked and how long the answer took, in milliseconds; with a clock, its time is by that and not by the watch's. */
export interface Taken {
  readonly at: number;
  readonly took: number;
  readonly reading: Reading;
  readonly clock?: EchoClock | undefined;
}

/** What a sample brought that the one before it did not. */
export interface News {
  readonly state: boolean;
  /** The value of an API's answer, when it is another one. */
  readonly value: Json | undefined;
}

/** The points of one source, in the order in which they were taken. */
export class Points {
  readonly #points: { readonly point: TimelinePoint; readonly clock: EchoClock | undefined }[] = [];
  #kept: Json = null;

  get length(): number {
    return this.#points.length;
  }

  add({ at, took, reading, clock }: Taken): News {
    const before = this.#points.at(-1)?.point;
    const value = reading.values.length === 1 ? (reading.values[0] ?? null) : reading.values;
    // A ping's time is new each time and says little; what an API tells is worth a line when it changes.
    const steady = reading.data !== undefined && reading.values.length > 0;
    const changed = steady && !looselyEqual(this.#kept, value);
    if (steady) this.#kept = value;
    const keeps = changed || (!steady && reading.values.length > 0);
    const { state, reason } = reading;
    const point: TimelinePoint = {
      at,
      took: Math.round(took),
      state,
      ...(keeps && { value }),
      ...(reason !== undefined && reason !== before?.reason && { reason }),
    };
    this.#points.push({ point, clock });
    return { state: before?.state !== state, value: changed ? value : undefined };
  }

  /** All of them by the watch's own clock. */
  toArray(): TimelinePoint[] {
    return this.#points.map(({ point, clock }) => ({ ...point, at: Math.round(point.at + (clock?.offset ?? 0)) }));
  }
}
