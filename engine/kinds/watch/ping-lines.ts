import type { Json } from "../../base/json.ts";
import type { TimelinePoint } from "../../model/timeline.ts";

/** An echo that is not back by then counts as missed. */
export const ECHO_PATIENCE_MS = 1_000;

/** Small corrections of a clock are no matter. */
const CLOCK_SLACK_MS = 1_000;
const NUMBERS = 65_536;

/** What one echo came to, by the clock of the machine that sent it. */
export interface Echo {
  /** When it was sent, milliseconds. */
  readonly sent: number;
  /** How long the answer took, or was waited for; milliseconds. */
  readonly took: number;
  readonly state: Extract<TimelinePoint["state"], "ok" | "failed">;
  readonly values: readonly Json[];
  readonly reason: string | undefined;
}

/** An echo without an answer so far, and why. */
interface Waiting {
  readonly sent: number;
  readonly reason: string;
}

/**
 * Reads what `ping -D -O` writes, in pieces of any size: each echo once, in the order in which they were sent. A line that says « no
 * answer yet » is not the last word while an answer may still come in time, so what was sent later is held back until then.
 */
export class PingLines {
  readonly #every: number;
  #rest = "";
  /** Number of the next echo to be told. */
  #next = 1;
  #clock = 0;
  #putBack = false;
  readonly #known = new Map<number, Echo | Waiting>();

  constructor(everyMs: number) {
    this.#every = everyMs;
  }

  /** The last time that was written, milliseconds; 0 when there was none. */
  get clock(): number {
    return this.#clock;
  }

  /** True once the times went backwards: somebody set that clock, and what was read before can no longer be compared with what comes. */
  get putBack(): boolean {
    return this.#putBack;
  }

  read(piece: string): readonly Echo[] {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line.trimEnd()));
  }

  #line(line: string): readonly Echo[] {
    const [, stamp, text = ""] = /^\[(\d+\.\d+)\] (.*)$/.exec(line) ?? [];
    const [, number] = /\bicmp_seq=(\d+)/.exec(text) ?? [];
    if (stamp === undefined || number === undefined || this.#putBack) return [];
    const now = Number(stamp) * 1_000;
    this.#putBack = now < this.#clock - CLOCK_SLACK_MS;
    if (this.#putBack) return [];
    this.#clock = Math.max(this.#clock, now);
    // ping counts to 65535 and begins again.
    const sequence = Number(number) + NUMBERS * Math.round((this.#next - Number(number)) / NUMBERS);
    if (sequence >= this.#next) this.#learn(sequence, now, text);
    return this.#told();
  }

  #learn(sequence: number, now: number, text: string): void {
    const known = this.#known.get(sequence);
    if (known !== undefined && "state" in known) return;
    const [, time] = /\btime=([\d.]+) ?ms/.exec(text) ?? [];
    if (time === undefined) {
      const refusal = /^From \S+ (?:icmp_seq=\d+ )?(.+)$/.exec(text)?.[1];
      // « No answer yet » is written when the next echo is sent; a refusal comes at any time before.
      const sent = known?.sent ?? (refusal === undefined ? now - this.#every : now);
      this.#known.set(sequence, { sent, reason: refusal ?? known?.reason ?? "aucune réponse" });
      return;
    }
    const took = Number(time);
    if (took > ECHO_PATIENCE_MS) return;
    this.#known.set(sequence, { sent: now - took, took, state: "ok", values: [took], reason: undefined });
  }

  #told(): readonly Echo[] {
    const found: Echo[] = [];
    this.#skipUntold();
    for (let known = this.#known.get(this.#next); known !== undefined; known = this.#known.get(this.#next)) {
      const echo = "state" in known ? known : this.#givenUp(known);
      if (echo === undefined) break;
      found.push(echo);
      this.#known.delete(this.#next);
      this.#next += 1;
    }
    return found;
  }

  /** Should ping say nothing of an echo, it stays unknown, and does not hold the others back for ever. */
  #skipUntold(): void {
    const first = Math.min(...this.#known.keys());
    const known = this.#known.get(first);
    if (known !== undefined && this.#clock - known.sent > ECHO_PATIENCE_MS + this.#every)
      this.#next = Math.max(this.#next, first);
  }

  #givenUp({ sent, reason }: Waiting): Echo | undefined {
    if (this.#clock - sent < ECHO_PATIENCE_MS) return undefined;
    return { sent, took: ECHO_PATIENCE_MS, state: "failed", values: [], reason };
  }
}
