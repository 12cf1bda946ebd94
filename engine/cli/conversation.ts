import { createInterface } from "node:readline/promises";
import type { Terminal } from "./terminal.ts";

/** A person at the terminal, asked line by line on stderr; undefined when none is there. */
export interface Conversation {
  say(text: string): void;
  question(text: string, signal: AbortSignal): Promise<string>;
}

/** Opens the conversation of a process; each question has the terminal for itself and gives it back. */
export function openConversation(
  terminal: Terminal,
  input: NodeJS.ReadableStream = process.stdin,
): Conversation | undefined {
  if (!terminal.interactive) return undefined;
  return {
    say: (text) => terminal.err(text),
    question: async (text, signal) => {
      const prompt = createInterface({ input, output: process.stderr });
      const closed = new Promise<never>((_, reject) =>
        prompt.once("close", () => reject(new DOMException("the terminal was closed", "AbortError"))),
      );
      closed.catch(() => {});
      // A terminal in this mode gives Ctrl-C to the prompt instead of the process.
      prompt.once("SIGINT", () => process.emit("SIGINT"));
      try {
        return await Promise.race([prompt.question(text, { signal }), closed]);
      } finally {
        prompt.close();
      }
    },
  };
}
