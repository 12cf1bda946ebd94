import { StringDecoder } from "node:string_decoder";

/** What the client sends on a channel's standard input, read when a command wants it. */
export interface Input {
  /** One line without its newline (or what ends in another byte, `until`); undefined at the end of input. Rejects when the signal is aborted. */
  readLine(signal: AbortSignal, until?: number): Promise<string | undefined>;
  /** Everything up to the end of input. */
  readAll(signal: AbortSignal): Promise<Buffer>;
}

/** Nothing to read, as from /dev/null. */
export const NO_INPUT: Input = {
  readLine: () => Promise.resolve(undefined),
  readAll: () => Promise.resolve(Buffer.alloc(0)),
};

/** An input that is fed chunk by chunk. */
export interface PipeInput extends Input {
  feed(chunk: Buffer): void;
  end(): void;
}

/** Makes an input without a terminal: bytes wait until somebody reads them. */
export function createPipeInput(): PipeInput {
  let pending = Buffer.alloc(0);
  let ended = false;
  let wake: () => void = () => {};
  const more = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      wake = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
    });
  const take = (length: number) => {
    const taken = pending.subarray(0, length);
    pending = pending.subarray(length);
    return taken;
  };
  return {
    feed(chunk) {
      pending = Buffer.concat([pending, chunk]);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async readLine(signal, until = 10) {
      while (!pending.includes(until) && !ended) await more(signal);
      const newline = pending.indexOf(until);
      if (newline < 0) return pending.length === 0 ? undefined : take(pending.length).toString("utf8");
      return take(newline + 1)
        .toString("utf8")
        .slice(0, -1);
    },
    async readAll(signal) {
      while (!ended) await more(signal);
      return Buffer.from(take(pending.length));
    },
  };
}

/** Decodes typed bytes, also when a character is split over two chunks. */
export function createDecoder(): (chunk: Buffer) => string {
  const decoder = new StringDecoder("utf8");
  return (chunk) => decoder.write(chunk);
}
