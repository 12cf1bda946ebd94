/** The end of a block's patience: a signal, and the milliseconds it stands for. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  readonly ms: number;
  release(): void;
}

/** Limits an attempt to so many milliseconds from now; for one that goes on beside others, from the moment when these are over. */
export function timeLimit(ms: number, over: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    // Longer than a timer can wait (24 days) is no limit.
    timer = setTimeout(
      () => controller.abort(new DOMException("time limit", "TimeoutError")),
      Math.min(ms, 2 ** 31 - 1),
    );
  };
  if (over === undefined || over.aborted) start();
  else over.addEventListener("abort", start, { once: true });
  return {
    signal: controller.signal,
    ms,
    release: () => {
      over?.removeEventListener("abort", start);
      clearTimeout(timer);
    },
  };
}
