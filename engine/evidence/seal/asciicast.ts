import type { AttemptFinished, AttemptStarted } from "../../model/event.ts";

const COLUMNS = 120;
const ROWS = 40;

/** One attempt whose output is kept. */
export interface RecordedAttempt {
  readonly started: AttemptStarted & { readonly at: string };
  readonly finished: AttemptFinished;
}

/** What was kept of it: the bytes of both streams and the index that says which came when. */
export interface RecordedOutput {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly timing: string;
}

/**
 * The asciicast v3 of an attempt, derived from the bytes and the timing index, which remain the evidence: the same input gives the same
 * text, so that an audit derives it again. Undefined when the index does not fit the bytes.
 */
export function asciicast({ started, finished }: RecordedAttempt, output: RecordedOutput): string | undefined {
  const header = {
    version: 3,
    term: { cols: COLUMNS, rows: ROWS },
    timestamp: Math.floor(Date.parse(started.at) / 1000),
    command: started.sent,
    title: `#${started.step} – ${started.target}`,
  };
  const lines = [JSON.stringify(header)];
  const streams = { o: new Stream(output.stdout), e: new Stream(output.stderr) };
  let before = 0;
  for (const line of output.timing.split("\n")) {
    if (line === "") continue;
    const piece = readPiece(line);
    const text = piece === undefined ? undefined : streams[piece.stream].take(piece.bytes);
    if (piece === undefined || text === undefined) return undefined;
    lines.push(JSON.stringify([interval(before, piece.seconds), "o", text]));
    before = Math.max(before, piece.seconds);
  }
  if (!streams.o.ended || !streams.e.ended) return undefined;
  const exit = /^exit (\d+)$/.exec(finished.answer)?.[1];
  if (exit !== undefined) lines.push(JSON.stringify([interval(before, finished.durationMs / 1000), "x", exit]));
  return `${lines.join("\n")}\n`;
}

/** One stream, given piece by piece: a letter of several bytes may be cut between two pieces. */
class Stream {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #at = 0;
  #last = "";

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): string | undefined {
    const end = this.#at + count;
    if (end > this.#bytes.length) return undefined;
    const text = this.#decoder.decode(this.#bytes.subarray(this.#at, end), { stream: end < this.#bytes.length });
    this.#at = end;
    // Without a terminal, programs end lines with LF alone, and a player would draw a staircase.
    const shown = text.replace(/\r?\n/g, (found, at) =>
      at === 0 && this.#last === "\r" && found === "\n" ? "\n" : "\r\n",
    );
    this.#last = text.at(-1) ?? this.#last;
    return shown;
  }
}

function readPiece(line: string): { seconds: number; stream: "o" | "e"; bytes: number } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value) || value.length !== 3) return undefined;
    const [seconds, stream, bytes] = value as readonly unknown[];
    if (typeof seconds !== "number" || !Number.isSafeInteger(bytes) || (bytes as number) < 0) return undefined;
    return stream === "o" || stream === "e" ? { seconds, stream, bytes: bytes as number } : undefined;
  } catch {
    return undefined;
  }
}

function interval(from: number, to: number): number {
  return Number(Math.max(0, to - from).toFixed(3));
}
