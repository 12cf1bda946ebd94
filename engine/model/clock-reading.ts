/** How far a machine's clock is from ours: what it said between question and answer, wherever in between it was. */
export interface ClockReading {
  /** Milliseconds that it is ahead; negative when it is behind. */
  readonly aheadMs: number;
  /** Half of the time between question and answer: the most by which that may be wrong. */
  readonly withinMs: number;
  /** The command that was asked. */
  readonly method: string;
}
