/** What a marker line says after the marker itself, and the bytes that followed the line. */
export interface MarkerLine {
  readonly text: string;
  readonly rest: Buffer;
}

/** Bytes kept of what came before a marker, to explain why none came. */
const NOISE_BYTES = 16_384;

/** Looks for `MARKER…\n` in a stream, also when it is split over chunks; what comes before is released or kept as noise. */
export class MarkerGate {
  readonly #marker: Buffer;
  readonly #release: (chunk: Buffer) => void;
  #held: Buffer = Buffer.alloc(0);

  /** `release` gets the bytes that can no longer be part of a marker line, in order. */
  constructor(marker: string, release: (chunk: Buffer) => void) {
    this.#marker = Buffer.from(marker);
    this.#release = release;
  }

  /** Takes a chunk; gives the marker's line once it is complete. The bytes after it are in `rest`, not released. */
  feed(chunk: Buffer): MarkerLine | undefined {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const at = bytes.indexOf(this.#marker);
    if (at < 0) {
      this.#keep(bytes, bytes.length - partialMatch(bytes, this.#marker));
      return undefined;
    }
    const newline = bytes.indexOf(0x0a, at + this.#marker.length);
    if (newline < 0) {
      this.#keep(bytes, at);
      return undefined;
    }
    this.#keep(bytes, at);
    this.#held = Buffer.alloc(0);
    const text = bytes.toString("latin1", at + this.#marker.length, newline).trim();
    return { text, rest: bytes.subarray(newline + 1) };
  }

  /** Releases what was held back: no marker will come any more. */
  flush(): void {
    this.#keep(this.#held, this.#held.length);
  }

  #keep(bytes: Buffer, from: number): void {
    if (from > 0) this.#release(bytes.subarray(0, from));
    this.#held = bytes.subarray(from);
  }
}

/** Remembers the last bytes of what was printed before a script started. */
export class Noise {
  #bytes: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]).subarray(-NOISE_BYTES);
  }

  /** Its last line that says something. */
  lastLine(): string {
    const lines = this.#bytes.toString("utf8").split(/[\r\n]+/);
    return lines.findLast((line) => line.trim() !== "")?.trim() ?? "";
  }
}

/** How many bytes at the end of `bytes` could be the beginning of `marker`. */
function partialMatch(bytes: Buffer, marker: Buffer): number {
  for (let length = Math.min(marker.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(marker.subarray(0, length))) return length;
  }
  return 0;
}
