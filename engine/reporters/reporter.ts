import type { Event } from "../model/event.ts";

/** What a step says while it runs; shown, never kept. */
export interface LiveText {
  readonly type: "output" | "progress";
  readonly step: string;
  readonly target: string;
  readonly text: string;
}

/** A view of a run: fed with its events, live or from a journal, and handed the stream it writes to. */
export interface Reporter {
  event(event: Event): void;
  live(text: LiveText): void;
  /** Hears what a run that goes on holds already, which is not told again; views without it hear of the run's start alone. */
  resumed?(events: readonly Event[]): void;
}

/** Where a reporter writes. */
export interface Output {
  write(text: string): void;
  /** Of its reader; French when undefined. */
  readonly language?: "fr" | "en" | undefined;
}
