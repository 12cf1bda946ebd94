import type { Artefact } from "../model/event.ts";

/** Bytes of both streams in the order in which they came. */
export function mergeStreams(stdout: Uint8Array, stderr: Uint8Array, timing: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  const at = { o: 0, e: 0 };
  for (const { stream, bytes } of readTiming(timing)) {
    const from = stream === "o" ? stdout : stderr;
    pieces.push(from.subarray(at[stream], at[stream] + bytes));
    at[stream] += bytes;
  }
  // Without an index, or when it says less than the files hold, what is left follows: nothing is lost.
  pieces.push(stdout.subarray(at.o), stderr.subarray(at.e));
  return Buffer.concat(pieces);
}

/** The artefact of one role, when it holds anything. */
export function artefactOf(artefacts: readonly Artefact[], role: Artefact["role"]): Artefact | undefined {
  return artefacts.find((artefact) => artefact.role === role && artefact.bytes > 0);
}

function readTiming(text: string): readonly { readonly stream: "o" | "e"; readonly bytes: number }[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    const value: unknown = parse(line);
    if (!Array.isArray(value)) return [];
    const [, stream, bytes]: readonly unknown[] = value;
    if ((stream !== "o" && stream !== "e") || typeof bytes !== "number") return [];
    return [{ stream, bytes }];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
