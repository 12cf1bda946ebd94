import fc from "fast-check";
import { expect, test } from "vitest";
import { MarkerGate } from "../../../engine/transports/marker-gate.ts";

const MARKER = "constat-ab";

function through(chunks: readonly Buffer[]) {
  const before: Buffer[] = [];
  const lines: string[] = [];
  const gate = new MarkerGate(MARKER, (chunk) => before.push(chunk));
  for (const chunk of chunks) {
    for (
      let line = gate.feed(chunk);
      line !== undefined;
      line = line.rest.length > 0 ? gate.feed(line.rest) : undefined
    ) {
      lines.push(line.text);
    }
  }
  gate.flush();
  return { before: Buffer.concat(before).toString("latin1"), lines };
}

test("feed() finds the marker lines and releases the rest, however the stream was cut", () => {
  const piece = fc.constantFrom(
    "noise\n",
    "constat-",
    "con",
    "\r\n",
    "é",
    `${MARKER} 42\r\n`,
    `${MARKER}\n`,
    "a constat-a line\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(120)), (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(""));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
      expect(through(chunks)).toEqual(through([bytes]));
      const { before, lines } = through([bytes]);
      expect(lines.length).toBe(pieces.join("").split(/constat-ab[^\n]*\n/).length - 1);
      expect(before).toBe(bytes.toString("latin1").replace(/constat-ab[^\n]*\n/g, ""));
    }),
  );
});

test("feed() gives the bytes after the marker's line apart", () => {
  const gate = new MarkerGate(MARKER, () => undefined);
  expect(gate.feed(Buffer.from("welcome constat-"))).toBeUndefined();
  expect(gate.feed(Buffer.from("ab 17"))).toBeUndefined();
  expect(gate.feed(Buffer.from("\nfirst output"))).toEqual({ text: "17", rest: Buffer.from("first output") });
});
