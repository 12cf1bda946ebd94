import type { Readable } from "node:stream";

/** Takes a stream of bytes apart by length. */
export interface ByteReader {
  /** The next `length` bytes. Throws StreamEnded when the stream ends or breaks before, the signal's reason when aborted. */
  take(length: number, signal: AbortSignal): Promise<Buffer>;
}

/** The other side closed before it had sent what was being waited for. */
export class StreamEnded extends Error {
  override readonly name = "StreamEnded";
}

/** Reads a stream in paused mode, so that what nobody has asked for stays with the sender. One `take` at a time. */
export function createByteReader(stream: Readable): ByteReader {
  const pieces: Buffer[] = [];
  let held = 0;
  let end: StreamEnded | undefined;
  let wake: () => void = () => {};
  stream.on("readable", () => wake());
  const ended = (reason: string, cause?: unknown) => {
    end ??= new StreamEnded(reason, { cause });
    wake();
  };
  stream.on("error", (error: Error) => ended(error.message, error));
  stream.on("end", () => ended("the other side closed"));
  stream.on("close", () => ended("the other side closed"));

  const gather = (length: number): Buffer | undefined => {
    while (held < length) {
      const piece: Buffer | null = stream.read();
      if (piece === null) return undefined;
      pieces.push(piece);
      held += piece.length;
    }
    const all = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    pieces.length = 0;
    held = all.length - length;
    if (held > 0) pieces.push(all.subarray(length));
    return all.subarray(0, length);
  };

  return {
    take: async (length, signal) => {
      for (;;) {
        signal.throwIfAborted();
        const bytes = gather(length);
        if (bytes !== undefined) return bytes;
        if (end !== undefined) throw end;
        await new Promise<void>((resolve) => {
          const go = () => {
            signal.removeEventListener("abort", go);
            wake = () => {};
            resolve();
          };
          wake = go;
          signal.addEventListener("abort", go, { once: true });
        });
      }
    },
  };
}
