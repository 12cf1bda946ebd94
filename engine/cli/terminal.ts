import { styleText } from "node:util";
import type { Language } from "./language.ts";

/** Where commands write: results on `out`, everything said about them on `err`. Handed down, so that tests read it. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Emphasis, when the stream is a terminal that shows it. */
  style(format: "bold" | "dim" | "red" | "green" | "yellow", text: string): string;
  readonly interactive: boolean;
  /** French when a terminal names none. */
  readonly language?: Language | undefined;
}

/** The process's own streams. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever read along went away (`| head`); what is being done must not end because of it.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    style: (format, text) => styleText(format, text, { stream: process.stderr }),
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  };
}
