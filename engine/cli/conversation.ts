import { createInterface, type Interface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Terminal } from "./terminal.ts";

/** A person at the terminal, asked line by line on stderr; undefined when none is there. */
export interface Conversation {
  say(text: string): void;
  question(text: string, signal: AbortSignal): Promise<string>;
  /** The same, without showing what is typed. */
  hidden(text: string, signal: AbortSignal): Promise<string>;
}

/** Does something while the terminal belongs to it alone. */
export type Around = <T>(act: () => Promise<T>) => Promise<T>;

/** Opens the conversation of a process; each question has the terminal for itself and gives it back. */
export function openConversation(
  terminal: Terminal,
  input: NodeJS.ReadableStream = process.stdin,
  around: Around = (act) => act(),
): Conversation | undefined {
  if (!terminal.interactive) return undefined;
  return {
    say: (text) => terminal.err(text),
    question: (text, signal) => inTurn(input, () => around(() => ask(input, text, signal)), signal),
    hidden: (text, signal) => inTurn(input, () => around(() => askHidden(input, terminal, text, signal)), signal),
  };
}

/** Nodes are reached side by side, and each may have something to ask. */
const turns = new WeakMap<NodeJS.ReadableStream, Promise<unknown>>();

async function inTurn(input: NodeJS.ReadableStream, ask: () => Promise<string>, signal: AbortSignal): Promise<string> {
  const before = turns.get(input);
  const turn = (async () => {
    await before;
    signal.throwIfAborted();
    return await ask();
  })();
  turns.set(
    input,
    turn.catch(() => {}),
  );
  return await turn;
}

async function ask(input: NodeJS.ReadableStream, text: string, signal: AbortSignal): Promise<string> {
  return await answer(createInterface({ input, output: process.stderr }), text, signal);
}

async function askHidden(
  input: NodeJS.ReadableStream,
  terminal: Terminal,
  text: string,
  signal: AbortSignal,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input, output: nowhere, terminal: true });
  // Only now: what is typed as soon as the question shows is hidden already.
  terminal.err(text);
  try {
    return await answer(prompt, "", signal);
  } finally {
    terminal.err("\n");
  }
}

async function answer(prompt: Interface, text: string, signal: AbortSignal): Promise<string> {
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
}
