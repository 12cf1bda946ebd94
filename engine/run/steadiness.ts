import type { Outcome } from "../model/outcome.ts";
import { durationWords } from "./duration-words.ts";

/**
 * Whether a condition that is polled holds without a break for as long as it has to: a flicker is no state. Fed with each answer and the
 * moment (milliseconds) when it came.
 */
export class Steadiness {
  readonly #wantedMs: number;
  #since: number | undefined;
  #longestMs = 0;
  #breaks = 0;

  constructor(wantedMs: number) {
    this.#wantedMs = wantedMs;
  }

  /** Takes note of an answer; true when the condition has held long enough with it. */
  holds(passed: boolean, now: number): boolean {
    if (!passed) {
      if (this.#since !== undefined) this.#breaks += 1;
      this.#since = undefined;
      return false;
    }
    this.#since ??= now;
    this.#longestMs = Math.max(this.#longestMs, now - this.#since);
    return now - this.#since >= this.#wantedMs;
  }

  /** Milliseconds that it still has to hold, while it does; undefined while it does not. */
  leftMs(now: number): number | undefined {
    return this.#since === undefined ? undefined : Math.max(0, this.#wantedMs - (now - this.#since));
  }

  /** What a person reads meanwhile: `tenue depuis 3 s sur 10 s`. */
  words(now: number): string {
    return `tenue depuis ${lengthWords(now - (this.#since ?? now))} sur ${durationWords(this.#wantedMs)}`;
  }

  /** How it was lost, for the message at the end; empty when it never held. */
  story(): string {
    if (this.#since === undefined && this.#breaks === 0) return "";
    const held = `tenue ${lengthWords(this.#longestMs)} au plus, sur ${durationWords(this.#wantedMs)} demandées`;
    if (this.#breaks === 0) return held;
    return `${held}, perdue ${this.#breaks} fois`;
  }

  /** The outcome of a condition that holds at last, but has not held long enough. */
  tooShort(now: number): Outcome {
    const expected = `la condition tenue ${durationWords(this.#wantedMs)} d’affilée`;
    return { status: "failed", reason: this.words(now), judgements: [{ ok: false, expected, obtained: this.story() }] };
  }
}

function lengthWords(ms: number): string {
  return ms < 1_000 ? "moins de 1 s" : durationWords(ms);
}
