import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asciicast, type RecordedAttempt } from "../../../engine/evidence/seal/asciicast.ts";

const ATTEMPT: RecordedAttempt = {
  started: {
    ...{
      type: "attempt-started",
      attempt: 1,
      step: "a",
      target: "pve1",
      purpose: "run",
      onBehalfOf: null,
      sent: "uname",
    },
    at: "2026-11-23T10:00:00.500Z",
  },
  finished: {
    ...{ type: "attempt-finished", attempt: 1, step: "a", target: "pve1", durationMs: 1500, answer: "exit 3" },
    ...{ outcome: { status: "passed", judgements: [] }, artefacts: [], figure: null, saved: {}, redactions: {} },
  },
};

function cast(pieces: readonly (readonly ["o" | "e", Uint8Array])[], timing?: string): readonly unknown[] | undefined {
  const of = (stream: string) => Buffer.concat(pieces.filter(([each]) => each === stream).map(([, bytes]) => bytes));
  const index = pieces.map(([stream, bytes], at) => `${JSON.stringify([at * 0.5, stream, bytes.length])}\n`).join("");
  const text = asciicast(ATTEMPT, { stdout: of("o"), stderr: of("e"), timing: timing ?? index });
  return text
    ?.trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

describe("asciicast()", () => {
  it("writes a header of version 3, intervals between pieces, and the exit status", () => {
    const lines = cast([
      ["o", Buffer.from("un\n")],
      ["e", Buffer.from("deux\r\n")],
    ]);
    expect(lines).toEqual([
      { version: 3, term: { cols: 120, rows: 40 }, timestamp: 1795428000, command: "uname", title: "#a – pve1" },
      [0, "o", "un\r\n"],
      [0.5, "o", "deux\r\n"],
      [1, "x", "3"],
    ]);
  });

  it("gives the same text wherever the bytes are cut, letters and line ends included", () => {
    const bytes = Buffer.from("é — €\r\n𝄞 suite\nfin");
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, at) => ["o", bytes.subarray(places[at], end)] as const);
        const shown = (cast(pieces) ?? []).filter(Array.isArray).map(([, code, text]) => (code === "o" ? text : ""));
        expect(shown.join("")).toBe("é — €\r\n𝄞 suite\r\nfin");
      }),
    );
  });

  it.each([
    ["more bytes than there are", '[0,"o",9]\n'],
    ["fewer bytes than there are", '[0,"o",1]\n'],
    ["another stream", '[0,"x",2]\n'],
    ["no JSON", "bonjour\n"],
  ])("gives none where the index says %s", (_, timing) => {
    expect(cast([["o", Buffer.from("ab")]], timing)).toBeUndefined();
  });
});
