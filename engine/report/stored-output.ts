import type { Artefact } from "../model/event.ts";

/** Bytes of both streams in the order in which they came. */
export function mergeStreams(stdout: Uint8Array, stderr: Uint8Array, timing: string): Uint8Array {
  return Buffer.concat(outputPieces(stdout, stderr, timing).map(({ bytes }) => bytes));
}

/** The same in pieces, each with the seconds since its block began. */
export function outputPieces(
  stdout: Uint8Array,
  stderr: Uint8Array,
  timing: string,
): readonly { readonly seconds: number; readonly bytes: Uint8Array }[] {
  const pieces: { seconds: number; bytes: Uint8Array }[] = [];
  const at = { o: 0, e: 0 };
  let last = 0;
  for (const { seconds, stream, bytes } of readTiming(timing)) {
    const from = stream === "o" ? stdout : stderr;
    pieces.push({ seconds, bytes: from.subarray(at[stream], at[stream] + bytes) });
    at[stream] += bytes;
    last = seconds;
  }
  // Without an index, or when it says less than the files hold, what is left follows: nothing is lost.
  for (const rest of [stdout.subarray(at.o), stderr.subarray(at.e)])
    if (rest.length > 0) pieces.push({ seconds: last, bytes: rest });
  return pieces;
}

/** The artefact of one role, when it holds anything. */
export function artefactOf(artefacts: readonly Artefact[], role: Artefact["role"]): Artefact | undefined {
  return artefacts.find((artefact) => artefact.role === role && artefact.bytes > 0);
}

interface Timed {
  readonly seconds: number;
  readonly stream: "o" | "e";
  readonly bytes: number;
}

function readTiming(text: string): readonly Timed[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    const value: unknown = parse(line);
    if (!Array.isArray(value)) return [];
    const [seconds, stream, bytes]: readonly unknown[] = value;
    if ((stream !== "o" && stream !== "e") || typeof bytes !== "number") return [];
    return [{ seconds: typeof seconds === "number" ? seconds : 0, stream, bytes }];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
