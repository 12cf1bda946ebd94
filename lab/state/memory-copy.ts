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

/** Copies `used` bytes in rounds of a second until what is left fits into the allowed pause; what the guest writes meanwhile is sent again. */
export function planMemoryCopy(used: number): MemoryCopy {
  const rounds: CopyRound[] = [];
  let left = used;
  let transferred = 0;
  while (left > BANDWIDTH * DOWNTIME_LIMIT) {
    const sent = Math.min(left, Math.round(BANDWIDTH * (1 + 0.06 * Math.sin(rounds.length * 2.3))));
    transferred += sent;
    left += DIRTY_RATE - sent;
    rounds.push({ transferred, speed: sent });
  }
  return { rounds, transferred: transferred + left, downtimeMs: Math.round(8 + (left / BANDWIDTH) * 1000) };
}
