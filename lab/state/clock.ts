/** The lab's one clock: lab time runs `scale` times faster than real time, and every wait, date and duration of the lab comes from it. */
export interface LabClock {
  readonly scale: number;
  /** Milliseconds since the epoch, in lab time. */
  now(): number;
  /** Whole seconds since the epoch, in lab time: what UPIDs, tickets and JSON carry. */
  seconds(): number;
  /** The same moment on clocks outside the lab, milliseconds: what clients compare the dates of a certificate with. */
  outside(): number;
  /** Waits so many milliseconds of lab time; rejects with the signal's reason when it is aborted. */
  sleep(labMs: number, signal?: AbortSignal): Promise<void>;
  /** Whole seconds since a moment given in lab milliseconds, never negative. */
  uptime(since: number): number;
  /** Stops the lab's time for good: dates, loads and uptimes stay as they are, waits still end. */
  freeze(): void;
}

/** Makes a clock that starts at `start` (milliseconds since the epoch, today by default) and runs `scale` times faster than the real one. */
export function createClock(scale = 1, start: number = Date.now()): LabClock {
  if (!Number.isFinite(scale) || scale <= 0)
    throw new RangeError(`the lab clock's scale must be positive, not ${scale}`);
  const origin = performance.now();
  let frozen: number | undefined;
  const now = () => frozen ?? start + (performance.now() - origin) * scale;
  return {
    scale,
    now,
    outside: () => start + performance.now() - origin,
    seconds: () => Math.floor(now() / 1000),
    sleep: (labMs, signal) => realSleep(labMs / scale, signal),
    uptime: (since) => Math.max(0, Math.floor((now() - since) / 1000)),
    freeze: () => {
      frozen = now();
    },
  };
}

function realSleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
