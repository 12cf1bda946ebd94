import { emitKeypressEvents } from "node:readline";
import { createInterface } from "node:readline/promises";

/** A key as a person would name it: `enter`, `escape`, `ctrl-c`, a letter, a digit. */
export type Key = string;

/** The keys of a terminal, taken one by one, or a line at a time. */
export interface Keyboard {
  /** Hears every key until what it gives is called; Ctrl-C is a key like any other then. */
  listen(hear: (key: Key) => void): () => void;
  /** The next key. Rejects when the signal is aborted. */
  key(signal: AbortSignal): Promise<Key>;
  /** A line; undefined when it was given up (Ctrl-C, Ctrl-D, signal). */
  line(question: string, signal: AbortSignal): Promise<string | undefined>;
}

type Input = NodeJS.ReadableStream & { setRawMode?(raw: boolean): unknown };

/** Reads the process's terminal; between two questions it is left as it was, so that Ctrl-C is a signal then. */
export function openKeyboard(input: Input = process.stdin, output: NodeJS.WritableStream = process.stdout): Keyboard {
  emitKeypressEvents(input);
  const listen = (hear: (key: Key) => void): (() => void) => {
    const heard = (text: string | undefined, key: Pressed): void => hear(nameOf(text, key));
    input.on("keypress", heard);
    input.setRawMode?.(true);
    input.resume();
    return () => {
      input.off("keypress", heard);
      input.setRawMode?.(false);
      input.pause();
    };
  };
  return {
    listen,
    key: async (signal) => {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<Key>();
      const over = (): void => reject(signal.reason);
      signal.addEventListener("abort", over, { once: true });
      const release = listen(resolve);
      try {
        return await promise;
      } finally {
        release();
        signal.removeEventListener("abort", over);
      }
    },
    line: async (question, signal) => {
      const prompt = createInterface({ input, output, terminal: true });
      const given = new Promise<undefined>((resolve) => {
        prompt.once("SIGINT", () => resolve(undefined));
        prompt.once("close", () => resolve(undefined));
        signal.addEventListener("abort", () => resolve(undefined), { once: true });
      });
      try {
        const asked = prompt.question(question, { signal });
        asked.catch(() => {});
        const line = await Promise.race([asked, given]);
        if (line === undefined) output.write("\n");
        return line;
      } finally {
        prompt.close();
      }
    },
  };
}

interface Pressed {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly sequence?: string | undefined;
}

function nameOf(text: string | undefined, { name, ctrl }: Pressed): Key {
  if (ctrl === true) return `ctrl-${name ?? ""}`;
  if (name === "return" || name === "enter") return "enter";
  return text !== undefined && /^[^\p{Cc}]$/u.test(text) ? text.toLowerCase() : (name ?? "");
}
