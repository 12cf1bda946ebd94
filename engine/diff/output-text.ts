import { stripVTControlCharacters } from "node:util";

/** Bytes of both streams in the order in which they came, by the index of the pieces. */
export function mergeStreams(stdout: Buffer, stderr: Buffer, timing: string): Buffer {
  const pieces: Buffer[] = [];
  let [out, err] = [0, 0];
  for (const line of timing.split("\n")) {
    const [, stream, bytes] = /^\[[\d.]+,"([oe])",(\d+)\]$/.exec(line) ?? [];
    if (stream === "o") {
      pieces.push(stdout.subarray(out, out + Number(bytes)));
      out += Number(bytes);
    } else if (stream === "e") {
      pieces.push(stderr.subarray(err, err + Number(bytes)));
      err += Number(bytes);
    }
  }
  return Buffer.concat([...pieces, stdout.subarray(out), stderr.subarray(err)]);
}

/** The lines of an output as they stand in the end: no terminal escapes, a progress bar in its last state, no blanks at line ends. */
export function outputLines(bytes: Buffer): readonly string[] {
  const lines = stripVTControlCharacters(decode(bytes))
    .split("\n")
    .map((line) => overwritten(line.replace(/\r+$/, "")).trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Bytes that are no UTF-8 stay told apart: two different ones must not look alike. */
function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return bytes.toString("latin1").replace(/[\x80-\xff]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`);
  }
}

/** What a carriage return writes over is gone, as on a terminal. */
function overwritten(line: string): string {
  if (!line.includes("\r")) return line;
  return line.split("\r").reduce((shown, written) => written + shown.slice(written.length), "");
}
