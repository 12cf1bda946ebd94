import type { SshPerson } from "./ssh-person.ts";

/** A deadline that stands still while a person is asked: how long somebody thinks is not the server's fault. */
export class PausedDeadline {
  readonly ms: number;
  #over: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asking = 0;

  constructor(ms: number) {
    this.ms = ms;
  }

  /** Calls `over` once, so many milliseconds after the last question. */
  start(over: () => void): void {
    this.#over = over;
    this.#arm();
  }

  end(): void {
    this.#over = undefined;
    clearTimeout(this.#timer);
  }

  /** The same person; while he is asked, time does not count. */
  around(person: SshPerson): SshPerson {
    return {
      ask: async (question, how, signal) => {
        this.#asking += 1;
        clearTimeout(this.#timer);
        try {
          return await person.ask(question, how, signal);
        } finally {
          this.#asking -= 1;
          this.#arm();
        }
      },
    };
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const over = this.#over;
    if (over !== undefined && this.#asking === 0) this.#timer = setTimeout(over, this.ms);
  }
}
