import { setTimeout as wait } from "node:timers/promises";

/** The only source of time: handed down, so that tests decide what time it is. */
export interface Clock {
  /** Wall-clock time; may jump when the system is corrected. */
  now(): Date;
  /** Milliseconds that only go forward; for durations. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, { signal });
  },
};
