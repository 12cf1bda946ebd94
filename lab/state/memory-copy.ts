/** Bytes a second over the wire, bytes a second that a quiet guest writes anew. */
const BANDWIDTH = 112 * 2 ** 20;
const DIRTY_RATE = 6 * 2 ** 20;
/** The pause that QEMU is allowed, seconds. */
const DOWNTIME_LIMIT = 0.1;

/** One second of copying. */
export interface CopyRound {
  /** Bytes sent so far. */
  readonly transferred: number;
  /** Bytes a second in this round. */
  readonly speed: number;
}

/** The plan of a live migration: rounds while the guest runs, then a pause for the rest. */
export interface MemoryCopy {
  readonly rounds: readonly CopyRound[];
  /** Bytes sent in all. */
  readonly transferred: number;
  /** Milliseconds in which the guest runs nowhere. */
  readonly downtimeMs: number;
}

/**
 * Copies `used` bytes in rounds of a second until what is left fits into the allowed pause; what the guest writes meanwhile is sent again.
 * `limit` is the fastest that it may go, in bytes a second; one that a guest would outrun is raised, as QEMU slows such a guest down.
 */
export function planMemoryCopy(used: number, limit = Number.POSITIVE_INFINITY): MemoryCopy {
  const bandwidth = Math.max(2 * DIRTY_RATE, Math.min(BANDWIDTH, limit));
  const rounds: CopyRound[] = [];
  let left = used;
  let transferred = 0;
  while (left > bandwidth * DOWNTIME_LIMIT) {
    const sent = Math.min(left, Math.round(bandwidth * (1 + 0.06 * Math.sin(rounds.length * 2.3))));
    transferred += sent;
    left += Math.round((DIRTY_RATE * sent) / bandwidth) - sent;
    rounds.push({ transferred, speed: sent });
  }
  return { rounds, transferred: transferred + left, downtimeMs: Math.round(8 + (left / bandwidth) * 1000) };
}
